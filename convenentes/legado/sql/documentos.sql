-- Documents that the registry before had accepted, each with the line that it proves and the file that it names.
UPDATE palco p
SET convenente_id = c.id, pasta_id = c.pasta_id,
    resultado = CASE WHEN c.id IS NULL THEN 'rejeitada' END,
    motivo = CASE WHEN c.id IS NULL THEN format('cnpj: a organização %%s não veio nesta migração.', p.cnpj) ELSE '' END
FROM palco q
LEFT JOIN convenentes_convenente c ON c.cnpj = q.cnpj AND c.legado_id IS NOT NULL
WHERE q.linha = p.linha AND p.resultado IS NULL;

-- The mandate to which it belongs, as sucessao.mandato_das_provas finds it: that of the day, else the newest.
UPDATE palco p
SET (mandato_id, usuario_id) = (
        SELECT v.id, v.usuario_id
        FROM convenentes_vinculo v LEFT JOIN contas_usuario u ON u.id = v.usuario_id
        WHERE v.convenente_id = p.convenente_id AND v.papel = 'representante'
          AND (NOT p.do_representante OR p.cpf IS NULL OR u.cpf = p.cpf)
        ORDER BY v.periodo @> p.aceito_em DESC, v.periodo DESC
        LIMIT 1)
WHERE p.do_mandato AND p.resultado IS NULL;

UPDATE palco SET resultado = 'rejeitada', motivo = 'cnpj: não há representante legal a cujo mandato o documento pertença.'
WHERE do_mandato AND mandato_id IS NULL AND resultado IS NULL;

-- Papers about a person go to the folder of that person.
WITH sem_pasta AS MATERIALIZED (
    SELECT usuario_id, nextval(pg_get_serial_sequence('documentos_pastadigital', 'id')) AS pasta_id
    FROM (SELECT DISTINCT usuario_id FROM palco WHERE pessoal AND resultado IS NULL) x
    WHERE NOT EXISTS (SELECT FROM documentos_pastapessoal t WHERE t.usuario_id = x.usuario_id)
), pasta AS (
    INSERT INTO documentos_pastadigital (id, uuid, criada_em) SELECT pasta_id, gen_random_uuid(), %(agora)s FROM sem_pasta
)
INSERT INTO documentos_pastapessoal (usuario_id, pasta_id) SELECT usuario_id, pasta_id FROM sem_pasta;

UPDATE palco p SET pasta_id = t.pasta_id
FROM documentos_pastapessoal t
WHERE t.usuario_id = p.usuario_id AND p.pessoal AND p.resultado IS NULL;

WITH novo AS (
    INSERT INTO documentos_documento
        (uuid, chave_envio, tipo_id, pasta_id, emitido_em, valido_ate, ano_referencia, criado_em)
    SELECT gen_random_uuid(), chave_envio, tipo_id, pasta_id, emitido_em, valido_ate, ano_referencia, %(agora)s
    FROM palco WHERE tipo_id IS NOT NULL AND resultado IS NULL
    ON CONFLICT (chave_envio) DO NOTHING
    RETURNING id, chave_envio
)
UPDATE palco p SET resultado = 'importada', documento_id = novo.id
FROM novo WHERE novo.chave_envio = p.chave_envio AND p.resultado IS NULL;

UPDATE palco SET resultado = 'ja_havia', motivo = 'Já veio em uma carga anterior.'
WHERE tipo_id IS NOT NULL AND resultado IS NULL;

-- What the team had checked by itself is accepted without a document.
UPDATE palco SET resultado = 'importada' WHERE resultado IS NULL;

INSERT INTO convenentes_comprovacao (convenente_id, exigencia_id, documento_id, mandato_id, legado_id, aceita_em)
SELECT convenente_id, exigencia_id, documento_id, mandato_id, %(carga)s,
       (aceito_em + time '12:00') AT TIME ZONE 'America/Sao_Paulo'
FROM palco WHERE resultado = 'importada';

INSERT INTO convenentes_arquivolegado (carga_id, documento_id, nome, estado, motivo)
SELECT %(carga)s, documento_id, arquivo, 'a_receber', '' FROM palco WHERE documento_id IS NOT NULL AND arquivo <> ''
ORDER BY linha;
