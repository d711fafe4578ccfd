-- The regularity rule, written once (docs/dominio.md, Regularity).
--
-- Yields one row for each obligation of each convenente: its state on a day, until when it holds, where the answer
-- comes from. Parameters: dia (date in São Paulo), fim (the instant at which that day ends), aviso (days before
-- the end at which a line "vence em breve"), convenentes (list of keys, or NULL for all).
-- The last day of validity counts. A line that nobody proved is never green.
WITH norma AS (
    SELECT id FROM documentos_norma WHERE vigente_de <= %(dia)s ORDER BY vigente_de DESC, id DESC LIMIT 1
),
alvo AS (
    SELECT c.id AS convenente_id, e.id AS exigencia_id, e.codigo, e.nome, e.grupo, e.ordem, e.escopo, e.fonte,
           e.causa_irregularidade, c.data_abertura,
           CASE WHEN e.escopo = 'ente_controlador' THEN c.ente_controlador_id ELSE c.id END AS titular_id,
           CASE
               WHEN e.condicao IN ('se_houver', 'se_delegado') THEN c.respostas -> e.codigo IS DISTINCT FROM 'false'
               WHEN e.condicao = 'rpps' THEN c.respostas -> 'rpps' IS DISTINCT FROM 'false'
               WHEN e.condicao = 'area_saude' THEN 'saude' = ANY (c.areas)
               WHEN e.condicao = 'area_assistencia_social' THEN 'assistencia_social' = ANY (c.areas)
               WHEN e.condicao = 'area_crianca' THEN 'crianca' = ANY (c.areas)
               ELSE true
           END AS aplica
    FROM convenentes_convenente c
    JOIN documentos_exigencia_tipos et ON et.tipoconvenente_id = c.tipo_id
    JOIN documentos_exigencia e ON e.id = et.exigencia_id
    JOIN norma n ON n.id = e.norma_id
    WHERE %(convenentes)s::bigint[] IS NULL OR c.id = ANY (%(convenentes)s::bigint[])
),
-- Accepted proofs in force, each with the last day on which it proves. A line that follows the ente controlador is
-- proved by the documents of that ente, of any kind that the line accepts.
prova AS (
    SELECT a.convenente_id, a.exigencia_id, k.id, k.aceita_em, d.id AS documento_id, t.nome AS origem,
           CASE
               WHEN d.id IS NULL OR t.validade IN ('PERM', 'VIVA') THEN 'infinity'::date
               WHEN t.validade IN ('IMPRESSA', 'FIXA') THEN coalesce(d.valido_ate, '-infinity'::date)
               WHEN t.validade = 'ANO' THEN coalesce(make_date(d.ano_referencia, 12, 31), '-infinity'::date)
               WHEN a.escopo = 'representante'
                   THEN coalesce(least(v.mandato_ate, upper(v.periodo) - 1), 'infinity'::date)
               ELSE coalesce(v.mandato_ate, 'infinity'::date)
           END AS valido_ate
    FROM alvo a
    JOIN convenentes_comprovacao k ON k.convenente_id = a.titular_id
    LEFT JOIN documentos_documento d ON d.id = k.documento_id
    LEFT JOIN documentos_tipodocumento t ON t.id = d.tipo_id
    LEFT JOIN convenentes_vinculo v ON v.id = k.mandato_id
    WHERE a.aplica
      AND k.aceita_em <= %(fim)s
      AND (k.encerrada_em IS NULL OR k.encerrada_em > %(fim)s)
      AND CASE
              WHEN a.escopo = 'ente_controlador' THEN EXISTS (
                  SELECT FROM documentos_alternativa alt
                  WHERE alt.exigencia_id = a.exigencia_id AND alt.tipo_documento_id = d.tipo_id)
              ELSE k.exigencia_id = a.exigencia_id
          END
      AND (a.escopo <> 'representante' OR v.id IS NULL OR lower(v.periodo) <= %(dia)s)
),
-- The best accepted proof counts.
melhor AS (
    SELECT DISTINCT ON (convenente_id, exigencia_id) *
    FROM prova
    ORDER BY convenente_id, exigencia_id, valido_ate DESC, aceita_em DESC
),
-- What each register last said, whatever its age.
consulta AS (
    SELECT DISTINCT ON (a.convenente_id, a.exigencia_id)
           a.convenente_id, a.exigencia_id, f.nome AS origem, r.resultado, r.consultado_em,
           r.consultado_em + f.validade_dias AS vale_ate
    FROM alvo a
    JOIN convenentes_fonte f ON f.codigo = a.fonte
    JOIN convenentes_resultadofonte r ON r.fonte_id = f.id AND r.convenente_id = a.convenente_id
    WHERE a.aplica AND r.consultado_em <= %(dia)s AND r.registrado_em <= %(fim)s
    ORDER BY a.convenente_id, a.exigencia_id, r.consultado_em DESC, r.id DESC
),
-- The newest request about the line: under review (an accepted item too, until the whole is decided), or refused.
pedido AS (
    SELECT DISTINCT ON (a.convenente_id, a.exigencia_id)
           a.convenente_id, a.exigencia_id,
           s.estado = 'em_analise' AND i.estado = 'preenchido'
               OR s.estado IN ('em_analise', 'com_pendencia') AND i.estado = 'aceito' AS em_analise,
           i.estado = 'recusado' AS recusado
    FROM alvo a
    JOIN convenentes_solicitacao s ON s.convenente_id = a.convenente_id AND s.enviada_em <= %(fim)s
    JOIN convenentes_itemsolicitacao i ON i.solicitacao_id = s.id AND i.exigencia_id = a.exigencia_id
    WHERE a.aplica AND s.estado NOT IN ('cancelada', 'expirada')
    ORDER BY a.convenente_id, a.exigencia_id, s.enviada_em DESC
),
estado AS (
    SELECT a.*, coalesce(m.origem, q.origem) AS origem, m.documento_id,
           CASE WHEN a.escopo = 'fonte' THEN q.vale_ate ELSE m.valido_ate END AS valido_ate,
           CASE WHEN a.escopo = 'fonte' THEN q.consultado_em
                ELSE (m.aceita_em AT TIME ZONE 'America/Sao_Paulo')
           END AS verificado_em,
           coalesce(p.em_analise, false) AS em_analise,
           CASE
               WHEN NOT a.aplica THEN 'nao_se_aplica'
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
    LEFT JOIN melhor m USING (convenente_id, exigencia_id)
    LEFT JOIN consulta q USING (convenente_id, exigencia_id)
    LEFT JOIN pedido p USING (convenente_id, exigencia_id)
)
SELECT convenente_id, exigencia_id, codigo, nome, grupo, ordem, escopo, fonte, causa_irregularidade, estado, em_analise,
       origem, documento_id,
       CASE WHEN isfinite(valido_ate) THEN valido_ate END AS valido_ate,
       verificado_em,
       causa_irregularidade AND grupo <= 5
           AND estado NOT IN ('vigente', 'vence_em_breve', 'nao_se_aplica') AS irregular
FROM estado
ORDER BY convenente_id, grupo, ordem
