-- What every file asks first: is this row in the same load already (repetida), or did an earlier load bring it
-- (já havia)? What an earlier load brought is never brought again, even if it was changed or ended here since then.
UPDATE palco p
SET resultado = 'repetida', motivo = format('Repete a linha %%s.', x.primeira)
FROM (SELECT linha, first_value(linha) OVER (PARTITION BY chave ORDER BY linha) AS primeira
      FROM palco WHERE resultado IS NULL) x
WHERE x.linha = p.linha AND x.primeira < p.linha;

UPDATE palco p
SET resultado = CASE WHEN l.carga_id = %(carga)s THEN 'repetida' ELSE 'ja_havia' END,
    motivo = CASE WHEN l.carga_id = %(carga)s THEN format('Repete a linha %%s.', l.linha)
                  ELSE 'Já veio em uma carga anterior.' END
FROM convenentes_linhalegado l
WHERE l.arquivo = %(arquivo)s AND l.chave = p.chave AND p.resultado IS NULL
  AND (l.resultado = 'importada' OR l.carga_id = %(carga)s AND l.resultado = 'ja_havia');
