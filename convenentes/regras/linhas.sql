-- The regularity rule, written once (docs/dominio.md, Regularity).
--
-- Yields one row for each obligation of each convenente: its state on a day, until when it holds, where the answer
-- comes from. Parameters: dia (date in São Paulo: documents as of that day), fim (the instant at which that day ends),
-- catalogo (date: obligations as of that day), rascunho (key of a norm not yet published, to see what it would do, or
-- NULL), aviso (days before the end at which a line "vence em breve"), convenentes (list of keys, or NULL for all).
-- Whoever embeds it decides the order. The last day of validity counts. A line that nobody proved is never green.
WITH exigencia AS MATERIALIZED (
    SELECT e.*
    FROM documentos_exigencia e
    WHERE e.norma_id = %(rascunho)s::bigint
       OR e.vigente_de <= %(catalogo)s AND (e.vigente_ate IS NULL OR e.vigente_ate >= %(catalogo)s)
          AND NOT EXISTS (
              SELECT FROM documentos_exigencia nova
              WHERE nova.norma_id = %(rascunho)s::bigint AND nova.codigo = e.codigo)
          AND NOT EXISTS (
              SELECT FROM documentos_norma_revoga r
              WHERE r.norma_id = %(rascunho)s::bigint AND r.exigencia_id = e.id)
),
-- What proves what: a document of this kind (0: none, the team itself checked) accepted for this version of the line,
-- since a proof was accepted for the version of its time. A line that follows the ente controlador is proved by any
-- document of that ente of such a kind.
aceita AS (
    SELECT e.id AS exigencia_id, e.escopo, v.id AS versao_id, opcao.tipo_id, t.validade
    FROM exigencia e
    JOIN documentos_exigencia v ON v.codigo = e.codigo OR e.escopo = 'ente_controlador'
    CROSS JOIN LATERAL (
        SELECT tipo_documento_id AS tipo_id FROM documentos_alternativa WHERE exigencia_id = e.id
        UNION ALL
        SELECT 0 WHERE e.escopo <> 'ente_controlador'
    ) opcao
    LEFT JOIN documentos_tipodocumento t ON t.id = opcao.tipo_id
),
alvo AS MATERIALIZED (
    SELECT c.id AS convenente_id, e.id AS exigencia_id, e.codigo, e.nome, e.grupo, e.ordem, e.escopo, e.fonte,
           e.causa_irregularidade, e.transicao_ate, c.data_abertura,
           CASE WHEN e.escopo = 'ente_controlador' THEN c.ente_controlador_id ELSE c.id END AS titular_id,
           CASE
               WHEN e.condicao = 'sempre' THEN true
               WHEN e.condicao IN ('se_houver', 'se_delegado') THEN c.respostas -> e.codigo IS DISTINCT FROM 'false'
               WHEN e.condicao = 'rpps' THEN c.respostas -> 'rpps' IS DISTINCT FROM 'false'
               WHEN e.condicao = 'area_saude' THEN 'saude' = ANY (c.areas)
               WHEN e.condicao = 'area_assistencia_social' THEN 'assistencia_social' = ANY (c.areas)
               WHEN e.condicao = 'area_crianca' THEN 'crianca' = ANY (c.areas)
               ELSE true
           END AS aplica
    FROM convenentes_convenente c
    JOIN documentos_exigencia_tipos et ON et.tipoconvenente_id = c.tipo_id
    JOIN exigencia e ON e.id = et.exigencia_id
    WHERE %(convenentes)s::bigint[] IS NULL OR c.id = ANY (%(convenentes)s::bigint[])
),
-- The line does not apply to somebody, by law, for a time ("exigência afastada").
excecao AS (
    SELECT x.convenente_id, x.codigo, x.lei AS origem, upper(x.periodo) - 1 AS ate
    FROM convenentes_excecao x
    WHERE x.periodo @> %(dia)s AND x.registrada_em <= %(fim)s
),
-- A substitution interrupts a mandate and does not end it: what proves it counts again under the link of the return.
mandato AS (
    SELECT id AS mandato_id, periodo, mandato_ate, provas_ate FROM convenentes_vinculo
    WHERE %(convenentes)s::bigint[] IS NULL OR convenente_id = ANY (%(convenentes)s::bigint[] || ARRAY(
        SELECT ente_controlador_id FROM convenentes_convenente WHERE id = ANY (%(convenentes)s::bigint[])))
    UNION ALL
    SELECT retoma_id, periodo, mandato_ate, provas_ate FROM convenentes_vinculo WHERE retoma_id IS NOT NULL
),
-- Accepted proofs in force, each with the last day on which it proves, by whoever holds them.
prova AS (
    SELECT k.titular_id, a.exigencia_id, k.aceita_em, k.documento_id, k.tipo_id,
           CASE
               WHEN k.tipo_id = 0 OR a.validade IN ('PERM', 'VIVA') THEN 'infinity'::date
               WHEN a.validade IN ('IMPRESSA', 'FIXA') THEN coalesce(k.valido_ate, '-infinity'::date)
               WHEN a.validade = 'ANO' THEN coalesce(make_date(k.ano_referencia, 12, 31), '-infinity'::date)
               WHEN a.escopo = 'representante'
                   THEN coalesce(least(k.mandato_ate, k.provas_ate, upper(k.periodo) - 1), 'infinity'::date)
               ELSE coalesce(least(k.mandato_ate, k.provas_ate), 'infinity'::date)
           END AS valido_ate
    FROM (
        SELECT k.convenente_id AS titular_id, k.exigencia_id, k.aceita_em, d.id AS documento_id,
               coalesce(d.tipo_id, 0) AS tipo_id, d.valido_ate, d.ano_referencia,
               v.mandato_id, v.periodo, v.mandato_ate, v.provas_ate
        FROM convenentes_comprovacao k
        LEFT JOIN documentos_documento d ON d.id = k.documento_id
        LEFT JOIN mandato v ON v.mandato_id = k.mandato_id
        WHERE k.aceita_em <= %(fim)s
          AND (k.encerrada_em IS NULL OR k.encerrada_em > %(fim)s)
          AND (%(convenentes)s::bigint[] IS NULL OR k.convenente_id = ANY (%(convenentes)s::bigint[] || ARRAY(
              SELECT ente_controlador_id FROM convenentes_convenente WHERE id = ANY (%(convenentes)s::bigint[]))))
        OFFSET 0  -- joined first, while the planner still knows how many they are
    ) k
    JOIN aceita a ON a.versao_id = k.exigencia_id AND a.tipo_id = k.tipo_id
    WHERE a.escopo <> 'representante' OR k.mandato_id IS NULL OR lower(k.periodo) <= %(dia)s
),
-- The best accepted proof counts.
melhor AS (
    SELECT DISTINCT ON (titular_id, exigencia_id) *
    FROM prova
    ORDER BY titular_id, exigencia_id, valido_ate DESC, aceita_em DESC
),
-- What each register last said, whatever its age. Days on which the register was out, as the team declared, do not
-- count: neither in the age of the answer nor in the validity that the register itself printed. An outage that began
-- when the answer was already too old changes nothing.
consulta AS (
    SELECT a.convenente_id, a.exigencia_id, f.nome AS origem, r.resultado, r.consultado_em, r.vale_ate + fora.dias AS vale_ate
    FROM alvo a
    JOIN convenentes_fonte f ON f.codigo = a.fonte
    JOIN LATERAL (
        SELECT resultado, consultado_em, least(consultado_em + f.validade_dias, vale_ate) AS vale_ate
        FROM convenentes_resultadofonte
        WHERE fonte_id = f.id AND convenente_id = a.convenente_id
          AND consultado_em <= %(dia)s AND registrado_em <= %(fim)s
        ORDER BY consultado_em DESC, id DESC
        LIMIT 1
    ) r ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(dias) FILTER (WHERE de <= r.vale_ate + antes + 1), 0)::int AS dias
        FROM (
            SELECT de, ate - de + 1 AS dias, (sum(ate - de + 1) OVER (ORDER BY de) - (ate - de + 1))::int AS antes
            FROM (
                SELECT greatest(i.de, r.consultado_em + 1) AS de, i.ate
                FROM convenentes_indisponibilidadefonte i
                WHERE i.fonte_id = f.id AND i.ate > r.consultado_em AND i.declarada_em <= %(fim)s
            ) declarada
        ) contada
    ) fora
),
-- The newest request about the line: under review (an accepted item too, until the whole is decided), or refused.
-- Who asks to represent the organisation, and whether that was refused, is nobody else's business.
pedido AS (
    SELECT DISTINCT ON (s.convenente_id, n.codigo)
           s.convenente_id, n.codigo,
           s.estado = 'em_analise' AND i.estado = 'preenchido'
               OR s.estado IN ('em_analise', 'com_pendencia') AND i.estado = 'aceito' AS em_analise,
           i.estado = 'recusado' AS recusado
    FROM convenentes_solicitacao s
    JOIN convenentes_itemsolicitacao i ON i.solicitacao_id = s.id
    JOIN documentos_exigencia n ON n.id = i.exigencia_id
    WHERE s.enviada_em <= %(fim)s AND s.estado NOT IN ('cancelada', 'expirada') AND s.tipo <> 'representante_legal'
      AND (%(convenentes)s::bigint[] IS NULL OR s.convenente_id = ANY (%(convenentes)s::bigint[]))
    ORDER BY s.convenente_id, n.codigo, s.enviada_em DESC
),
estado AS (
    SELECT a.*, coalesce(x.origem, t.nome, q.origem) AS origem, m.documento_id,
           CASE
               WHEN x.codigo IS NOT NULL THEN x.ate
               WHEN a.escopo = 'fonte' THEN q.vale_ate
               ELSE m.valido_ate
           END AS valido_ate,
           CASE WHEN a.escopo = 'fonte' THEN q.consultado_em
                ELSE (m.aceita_em AT TIME ZONE 'America/Sao_Paulo')
           END AS verificado_em,
           coalesce(p.em_analise, false) AS em_analise,
           CASE
               WHEN NOT a.aplica THEN 'nao_se_aplica'
               WHEN x.codigo IS NOT NULL THEN 'afastada'
               WHEN a.escopo = 'fonte' THEN CASE
                   WHEN q.vale_ate IS NULL OR q.vale_ate < %(dia)s THEN 'nao_verificado'
                   WHEN q.resultado = 'com_restricao' THEN 'com_restricao'
                   ELSE 'vigente'
               END
               WHEN a.escopo = 'calculada' THEN CASE
                   WHEN a.data_abertura IS NULL THEN 'nao_verificado'
                   WHEN a.data_abertura <= %(dia)s - interval '2 years' THEN 'vigente'  -- from 29/02: on 01/03
                   ELSE 'nao_atendido'
               END
               WHEN m.valido_ate >= %(dia)s + %(aviso)s THEN 'vigente'
               WHEN m.valido_ate >= %(dia)s THEN 'vence_em_breve'
               WHEN p.em_analise THEN 'em_analise'
               WHEN p.recusado THEN 'recusado'
               WHEN m.valido_ate IS NOT NULL THEN 'vencido'
               ELSE 'nao_apresentado'
           END AS estado
    FROM alvo a
    LEFT JOIN consulta q ON a.aplica AND (q.convenente_id, q.exigencia_id) = (a.convenente_id, a.exigencia_id)
    LEFT JOIN pedido p ON a.aplica AND (p.convenente_id, p.codigo) = (a.convenente_id, a.codigo)
    LEFT JOIN melhor m ON a.aplica AND (m.titular_id, m.exigencia_id) = (a.titular_id, a.exigencia_id)
    LEFT JOIN documentos_tipodocumento t ON t.id = m.tipo_id
    LEFT JOIN excecao x ON a.aplica AND (x.convenente_id, x.codigo) = (a.convenente_id, a.codigo)
    OFFSET 0  -- each expression above is computed once, not wherever it is read
)
SELECT convenente_id, exigencia_id, codigo, nome, grupo, ordem, escopo, fonte, causa_irregularidade,
       estado, em_analise, origem, documento_id,
       CASE WHEN isfinite(valido_ate) THEN valido_ate END AS valido_ate,
       CASE WHEN estado = 'vence_em_breve' THEN valido_ate - %(dia)s END AS vence_em,
       verificado_em, transicao_ate,
       transicao_ate >= %(catalogo)s AND estado NOT IN ('vigente', 'vence_em_breve', 'nao_se_aplica', 'afastada')
           AS em_transicao,
       causa_irregularidade AND grupo <= 5
           AND estado NOT IN ('vigente', 'vence_em_breve', 'nao_se_aplica', 'afastada')
           AND (transicao_ate IS NULL OR transicao_ate < %(catalogo)s) AS irregular
FROM estado
