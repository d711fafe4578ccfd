-- What the external registers had said, with its own day: the rule finds it as old as it is.
UPDATE palco p
SET convenente_id = c.id,
    resultado = CASE WHEN c.id IS NULL THEN 'rejeitada' END,
    motivo = CASE WHEN c.id IS NULL THEN format('cnpj: a organização %%s não veio nesta migração.', p.cnpj) ELSE '' END
FROM palco q
LEFT JOIN convenentes_convenente c ON c.cnpj = q.cnpj AND c.legado_id IS NOT NULL
WHERE q.linha = p.linha AND p.resultado IS NULL;

INSERT INTO convenentes_resultadofonte
    (convenente_id, fonte_id, resultado, detalhe, consultado_em, legado_id, registrado_em)
SELECT convenente_id, fonte_id, resposta, detalhe, consultado_em, %(carga)s, %(agora)s
FROM palco WHERE resultado IS NULL
ORDER BY linha;

UPDATE palco SET resultado = 'importada' WHERE resultado IS NULL;
