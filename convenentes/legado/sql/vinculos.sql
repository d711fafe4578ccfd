-- Links, only to organisations that came from the registry before: whoever registered here invites people here.
UPDATE palco p
SET convenente_id = c.id, usuario_id = u.id,
    resultado = CASE WHEN c.id IS NULL OR u.id IS NULL THEN 'rejeitada' END,
    motivo = concat_ws(' ',
        CASE WHEN c.id IS NULL THEN format('cnpj: a organização %%s não veio nesta migração.', q.cnpj) END,
        CASE WHEN u.id IS NULL THEN format('cpf: a pessoa %%s não veio em pessoas.csv.', q.cpf) END)
FROM palco q
LEFT JOIN convenentes_convenente c ON c.cnpj = q.cnpj AND c.legado_id IS NOT NULL
LEFT JOIN contas_usuario u ON u.cpf = q.cpf
WHERE q.linha = p.linha AND p.resultado IS NULL;

WITH novo AS (
    INSERT INTO convenentes_vinculo
        (uuid, usuario_id, convenente_id, papel, cargo, periodo, mandato_ate, criado_em, legado_id)
    SELECT gen_random_uuid(), usuario_id, convenente_id, papel, cargo, daterange(inicio, ultimo + 1), mandato_ate,
           %(agora)s, %(carga)s
    FROM palco WHERE resultado IS NULL
    ORDER BY inicio DESC, linha  -- of two that overlap the newer mandate stays: the whole file is one block
    ON CONFLICT DO NOTHING
    RETURNING id, usuario_id, convenente_id, papel, lower(periodo) AS inicio
), evento AS (
    INSERT INTO convenentes_eventovinculo (vinculo_id, tipo, em, motivo)
    SELECT id, 'ligado', %(agora)s, 'Trazido do cadastro anterior.' FROM novo
)
UPDATE palco p SET resultado = 'importada'
FROM novo n
WHERE (n.usuario_id, n.convenente_id, n.papel, n.inicio) = (p.usuario_id, p.convenente_id, p.papel, p.inicio)
  AND p.resultado IS NULL;

UPDATE palco SET resultado = 'rejeitada',
    motivo = CASE papel WHEN 'representante' THEN 'inicio: já há representante legal neste período.'
                        ELSE 'inicio: esta pessoa já tem este papel neste período.' END
WHERE resultado IS NULL;
