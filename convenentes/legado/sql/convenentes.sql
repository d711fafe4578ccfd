-- Organisations, each with its folder. Whoever registered here in the meantime stays as registered.
UPDATE palco SET pasta_id = nextval(pg_get_serial_sequence('documentos_pastadigital', 'id')) WHERE resultado IS NULL;

WITH novo AS (
    INSERT INTO convenentes_convenente
        (uuid, cnpj, numero, estado, razao_social, nome_fantasia, nome_busca, natureza_id, tipo_id, municipio_id,
         pasta_id, data_abertura, cep, logradouro, numero_endereco, complemento, bairro, email, telefone, site, areas,
         respostas, criado_em, legado_id)
    SELECT gen_random_uuid(), chave, numero, estado, razao_social, nome_fantasia, nome_busca, natureza_id, tipo_id,
           municipio_id, pasta_id, data_abertura, cep, logradouro, numero_endereco, complemento, bairro, email, telefone,
           site, areas, respostas, %(agora)s, %(carga)s
    FROM palco WHERE resultado IS NULL
    ORDER BY linha
    ON CONFLICT DO NOTHING
    RETURNING cnpj
)
UPDATE palco p SET resultado = 'importada' FROM novo WHERE novo.cnpj = p.chave AND p.resultado IS NULL;

INSERT INTO documentos_pastadigital (id, uuid, criada_em)
SELECT pasta_id, gen_random_uuid(), %(agora)s FROM palco WHERE resultado = 'importada';

UPDATE palco p
SET resultado = CASE WHEN c.id IS NULL THEN 'rejeitada' ELSE 'ja_havia' END,
    motivo = CASE WHEN c.id IS NULL THEN format('O número de cadastro %%s já é de outra organização.', p.numero)
                  ELSE 'A organização já se inscreveu neste portal.' END
FROM palco q LEFT JOIN convenentes_convenente c ON c.cnpj = q.chave
WHERE q.linha = p.linha AND p.resultado IS NULL;
