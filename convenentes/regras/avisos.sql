-- Emit the warnings of a day: write the thresholds that were just reached and return, of each record with such news,
-- everything that is within a threshold, most urgent first. {vencimentos} is regras/vencimentos.sql with its parameters;
-- besides: agora (the instant of writing) and the thresholds in days, ascending: da_restricao, do_mandato, da_linha.
-- Only what somebody can be told is emitted: a record without anybody who acts is warned about once it has somebody.
WITH a_vencer AS (
{vencimentos}
),
alcancado AS (
    SELECT v.*, alvo.limiar,
           (SELECT min(dito.limiar) FROM convenentes_avisoemitido dito
            WHERE (dito.convenente_id, dito.codigo, dito.vence_em) = (v.convenente_id, v.codigo, v.vence_em)) AS antes
    FROM a_vencer v
    CROSS JOIN LATERAL (
        SELECT CASE WHEN v.estado = 'com_restricao' THEN %(da_restricao)s
                    WHEN v.codigo = 'mandato' THEN %(do_mandato)s
                    ELSE %(da_linha)s END::int[] AS limiares
    ) regra
    CROSS JOIN LATERAL (
        -- The smallest that is not below the days that are left.
        SELECT limiares[width_bucket(v.vence_em - %(dia)s - 1, limiares) + 1] AS limiar
    ) alvo
    WHERE alvo.limiar IS NOT NULL
      AND v.convenente_id IN (
          SELECT k.convenente_id
          FROM convenentes_vinculo k
          JOIN contas_usuario u ON u.id = k.usuario_id AND u.is_active
               AND (u.password NOT LIKE '!%%' OR u.last_login IS NOT NULL) -- brought from the legacy, and came
          JOIN convenentes_convenente c ON c.id = k.convenente_id AND c.estado = 'ativo'
          WHERE k.periodo @> %(dia)s AND k.papel IN ('representante', 'responsavel'))
),
conferido AS MATERIALIZED (
    SELECT a.*, a.antes IS NULL OR a.limiar < a.antes AS novo,
           bool_or(a.antes IS NULL OR a.limiar < a.antes) OVER (PARTITION BY a.convenente_id) AS contar
    FROM alcancado a
),
emitido AS (
    INSERT INTO convenentes_avisoemitido (convenente_id, codigo, vence_em, limiar, emitido_em)
    SELECT convenente_id, codigo, vence_em, limiar, %(agora)s FROM conferido WHERE novo
)
SELECT convenente_id, codigo, nome, escopo, vence_em, estado, em_analise, onde_emitir, emissor, limiar, antes, novo
FROM conferido
WHERE contar
ORDER BY convenente_id, vence_em, nome
