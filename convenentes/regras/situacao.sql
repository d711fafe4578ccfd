-- Keep the history of the situation up to date for a day: compare what the rule says with the row that holds, and where
-- they differ close the old row and open a new one, in one statement. {linhas} is regras/linhas.sql with its
-- parameters; besides: agora (the instant of writing), corrige (the day is past: what was said of it is kept, and a
-- row of its own takes the place of the old one).
WITH linha AS (
{linhas}
),
agora AS (
    SELECT c.id AS convenente_id,
           c.estado = 'ativo' AND count(l.exigencia_id) > 0 AND NOT coalesce(bool_or(l.irregular), false) AS regular,
           coalesce(bool_or(l.estado = 'com_restricao' AND f.impedimento), false) AS impedimento,
           CASE WHEN c.estado = 'ativo' THEN '[]'::jsonb
                ELSE jsonb_build_array(jsonb_build_object('codigo', 'cadastro', 'estado', c.estado))
           END || coalesce(
               jsonb_agg(
                   jsonb_build_object(
                       'codigo', l.codigo, 'nome', l.nome, 'escopo', l.escopo, 'estado', l.estado,
                       'valido_ate', l.valido_ate)
                   ORDER BY l.grupo, l.ordem
               ) FILTER (WHERE l.irregular),
               '[]'::jsonb
           ) AS motivos,
           least(
               min(l.valido_ate + 1) FILTER (WHERE l.valido_ate >= %(dia)s),
               min(l.transicao_ate + 1) FILTER (WHERE l.transicao_ate >= %(dia)s),
               (SELECT min(e.vigente_de) FROM documentos_exigencia e WHERE e.vigente_de > %(dia)s),
               (SELECT min(e.vigente_ate) + 1 FROM documentos_exigencia e WHERE e.vigente_ate >= %(dia)s),
               (SELECT min(lower(v.periodo)) FROM convenentes_vinculo v
                WHERE v.convenente_id IN (c.id, c.ente_controlador_id) AND lower(v.periodo) > %(dia)s),
               (SELECT min(lower(x.periodo)) FROM convenentes_excecao x
                WHERE x.convenente_id = c.id AND lower(x.periodo) > %(dia)s)
           ) AS muda_em
    FROM convenentes_convenente c
    LEFT JOIN linha l ON l.convenente_id = c.id
    LEFT JOIN convenentes_fonte f ON f.codigo = l.fonte
    WHERE c.numero IS NOT NULL
      AND (%(convenentes)s::bigint[] IS NULL OR c.id = ANY (%(convenentes)s::bigint[]))
    GROUP BY c.id
),
comparada AS (
    SELECT a.*, s.id AS anterior, s.periodo, s.registrada_em, s.muda_em AS mudava_em,
           s.id IS NULL
               OR (s.regular, s.impedimento, s.motivos) IS DISTINCT FROM (a.regular, a.impedimento, a.motivos) AS mudou
    FROM agora a
    LEFT JOIN convenentes_situacao s
        ON s.convenente_id = a.convenente_id AND s.substituida_em IS NULL AND s.periodo @> %(dia)s
),
fechada AS (
    UPDATE convenentes_situacao s SET periodo = daterange(lower(s.periodo), %(dia)s)
    FROM comparada c
    WHERE s.id = c.anterior AND c.mudou AND lower(s.periodo) < %(dia)s AND NOT %(corrige)s
),
substituida AS (
    UPDATE convenentes_situacao s SET substituida_em = %(agora)s
    FROM comparada c
    WHERE s.id = c.anterior AND c.mudou AND (lower(s.periodo) = %(dia)s OR %(corrige)s)
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
WHERE mudou
RETURNING convenente_id
