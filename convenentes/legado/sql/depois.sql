-- Count every row, whatever became of it.
INSERT INTO convenentes_linhalegado
    (carga_id, arquivo, linha, chave, resultado, motivo, avisos, mudancas, dados)
SELECT %(carga)s, %(arquivo)s, linha, chave, resultado, motivo, avisos, mudancas, dados
FROM palco
ORDER BY linha;
