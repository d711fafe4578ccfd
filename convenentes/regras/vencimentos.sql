-- What expires, read from the rule: one row for each line that has a last day, for the mandate of who represents today,
-- and for each register that now says "com restrição" (vence_em is then the first day of that restriction).
-- {linhas} is regras/linhas.sql with its parameters; besides: desde (lines that expired before this day are old news)
-- and ate (those that expire after this day are not asked for).
-- A paper of the representante does not expire when a successor is already known and leaves no day in between.
WITH linha AS MATERIALIZED (
    SELECT convenente_id, codigo, nome, escopo, fonte, estado, em_analise, valido_ate, documento_id
    FROM (
{linhas}
    ) tudo
    WHERE estado = 'com_restricao'
       OR escopo <> 'fonte' AND estado <> 'nao_se_aplica' AND valido_ate BETWEEN %(desde)s AND %(ate)s
),
sucessor AS (
    SELECT convenente_id, min(lower(periodo)) AS inicio
    FROM convenentes_vinculo
    WHERE papel = 'representante' AND lower(periodo) > %(dia)s
    GROUP BY convenente_id
),
vencimento AS (
    SELECT l.convenente_id, l.codigo, l.nome, l.escopo, l.valido_ate AS vence_em, l.estado, l.em_analise,
           coalesce(t.onde_emitir, '') AS onde_emitir, coalesce(t.emissor, '') AS emissor
    FROM linha l
    LEFT JOIN documentos_documento d ON d.id = l.documento_id
    LEFT JOIN documentos_tipodocumento t ON t.id = d.tipo_id
    WHERE l.escopo <> 'fonte'
    UNION ALL
    SELECT convenente_id, 'mandato', 'Mandato do representante legal', 'representante', mandato_ate, 'vigente', false,
           '', ''
    FROM convenentes_vinculo
    WHERE papel = 'representante' AND periodo @> %(dia)s AND mandato_ate BETWEEN %(desde)s AND %(ate)s
      AND (%(convenentes)s::bigint[] IS NULL OR convenente_id = ANY (%(convenentes)s::bigint[]))
)
SELECT v.*
FROM vencimento v
LEFT JOIN sucessor s ON s.convenente_id = v.convenente_id AND v.escopo = 'representante'
WHERE s.inicio IS NULL OR s.inicio > v.vence_em + 1
UNION ALL
SELECT l.convenente_id, l.codigo, l.nome, l.escopo, inicio.dia, l.estado, l.em_analise, '', ''
FROM linha l
JOIN convenentes_fonte f ON f.codigo = l.fonte
CROSS JOIN LATERAL (
    SELECT min(r.consultado_em) AS dia
    FROM convenentes_resultadofonte r
    WHERE r.fonte_id = f.id AND r.convenente_id = l.convenente_id AND r.resultado = 'com_restricao'
      AND r.consultado_em <= %(dia)s AND r.registrado_em <= %(fim)s
      AND NOT EXISTS (
          SELECT FROM convenentes_resultadofonte o
          WHERE o.fonte_id = f.id AND o.convenente_id = l.convenente_id AND o.resultado <> 'com_restricao'
            AND o.consultado_em <= %(dia)s AND o.registrado_em <= %(fim)s
            AND (o.consultado_em, o.id) > (r.consultado_em, r.id))
) inicio
WHERE l.estado = 'com_restricao'
