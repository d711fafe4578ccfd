-- Keep the history of the situation up to date for a day: compare what the rule says with the row that holds, and where
-- they differ close the old row and open a new one, in one statement. {linhas} is regras/linhas.sql with its parameters;
-- besides: alvo (keys of the records to write), agora (the instant of writing), corrige (the day is past: what was said
-- of it is kept, and a row of its own takes the place of the old one).
WITH linha AS (
{linhas}
),
resumo AS (
    SELECT convenente_id,
           NOT bool_or(irregular) AS em_dia,
           bool_or(estado = 'com_restricao' AND fonte IN (SELECT codigo FROM convenentes_fonte WHERE impedimento))
               AS impedimento,
           jsonb_agg(
               jsonb_build_object(
                   'grupo', grupo, 'ordem', ordem, 'codigo', codigo, 'nome', nome, 'escopo', escopo,
                   'estado', estado, 'valido_ate', valido_ate)
           ) FILTER (WHERE irregular) AS irregulares,
           min(valido_ate + 1) FILTER (WHERE valido_ate >= %(dia)s) AS vence_em,
           min(transicao_ate + 1) FILTER (WHERE transicao_ate >= %(dia)s) AS transicao_em
    FROM linha
    GROUP BY convenente_id
),
posse AS (
    SELECT convenente_id, min(lower(periodo)) AS dia
    FROM convenentes_vinculo
    WHERE lower(periodo) > %(dia)s
      AND (%(convenentes)s::bigint[] IS NULL OR convenente_id = ANY (%(convenentes)s::bigint[] || ARRAY(
          SELECT ente_controlador_id FROM convenentes_convenente WHERE id = ANY (%(convenentes)s::bigint[]))))
    GROUP BY convenente_id
),
agora AS (
    SELECT c.id AS convenente_id,
           c.estado = 'ativo' AND coalesce(r.em_dia, false) AS regular,
           coalesce(r.impedimento, false) AS impedimento,
           CASE WHEN c.estado = 'ativo' THEN '[]'::jsonb
                ELSE jsonb_build_array(jsonb_build_object('codigo', 'cadastro', 'estado', c.estado))
           END || CASE WHEN r.irregulares IS NULL THEN '[]'::jsonb ELSE (
               SELECT jsonb_agg(i.linha - '{grupo,ordem}'::text[] ORDER BY i.linha -> 'grupo', i.linha -> 'ordem')
               FROM jsonb_array_elements(r.irregulares) i (linha)
           ) END AS motivos,
           least(
               r.vence_em,
               r.transicao_em,
               (SELECT min(e.vigente_de) FROM documentos_exigencia e WHERE e.vigente_de > %(dia)s),
               (SELECT min(e.vigente_ate) + 1 FROM documentos_exigencia e WHERE e.vigente_ate >= %(dia)s),
               posse.dia,
               posse_no_ente.dia,
               (SELECT min(lower(x.periodo)) FROM convenentes_excecao x
                WHERE x.convenente_id = c.id AND lower(x.periodo) > %(dia)s)
           ) AS muda_em
    FROM unnest(%(alvo)s::bigint[]) alvo (id)
    JOIN convenentes_convenente c USING (id)
    LEFT JOIN resumo r ON r.convenente_id = c.id
    LEFT JOIN posse ON posse.convenente_id = c.id
    LEFT JOIN posse posse_no_ente ON posse_no_ente.convenente_id = c.ente_controlador_id
),
comparada AS (
    SELECT a.*, s.id AS anterior, s.periodo, s.registrada_em, s.muda_em AS mudava_em,
           s.id IS NULL
               OR (s.regular, s.impedimento, s.motivos) IS DISTINCT FROM (a.regular, a.impedimento, a.motivos) AS mudou,
           lower(s.periodo) = %(dia)s OR %(corrige)s AS refaz
    FROM agora a
    LEFT JOIN convenentes_situacao s
        ON s.convenente_id = a.convenente_id AND s.substituida_em IS NULL AND s.periodo @> %(dia)s
),
encerrada AS (
    UPDATE convenentes_situacao s
    SET periodo = CASE WHEN c.refaz THEN s.periodo ELSE daterange(lower(s.periodo), %(dia)s) END,
        substituida_em = CASE WHEN c.refaz THEN %(agora)s END
    FROM comparada c
    WHERE s.id = c.anterior AND c.mudou
    RETURNING s.id
),
adiada AS (
    UPDATE convenentes_situacao s SET muda_em = c.muda_em
    FROM comparada c
    WHERE s.id = c.anterior AND NOT c.mudou AND c.mudava_em IS DISTINCT FROM c.muda_em
),
ate_a_vespera AS (
    INSERT INTO convenentes_situacao
        (convenente_id, periodo, regular, impedimento, motivos, muda_em, registrada_em)
    SELECT s.convenente_id, daterange(lower(s.periodo), %(dia)s), s.regular, s.impedimento, s.motivos, %(dia)s, %(agora)s
    FROM comparada c
    JOIN convenentes_situacao s ON s.id = c.anterior
    WHERE c.mudou AND %(corrige)s AND lower(s.periodo) < %(dia)s
)
INSERT INTO convenentes_situacao (convenente_id, periodo, regular, impedimento, motivos, muda_em, registrada_em)
SELECT convenente_id, daterange(%(dia)s, upper(periodo)), regular, impedimento, motivos, muda_em, %(agora)s
FROM comparada
CROSS JOIN (SELECT count(*) FROM encerrada) antes  -- the old rows give way first: no overlap to look at again
WHERE mudou
