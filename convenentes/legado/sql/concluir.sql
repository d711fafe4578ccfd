-- What can only be known when all the rows are in. Repeating it changes nothing.
UPDATE convenentes_convenente c
SET ente_controlador_id = e.id
FROM convenentes_linhalegado l
JOIN convenentes_convenente e ON e.cnpj = l.dados ->> 'ente_controlador'
WHERE l.carga_id = %(carga)s AND l.arquivo = 'convenentes' AND l.resultado = 'importada' AND c.cnpj = l.chave
  AND c.ente_controlador_id IS NULL AND c.id <> e.id;

UPDATE convenentes_linhalegado l
SET avisos = l.avisos || format('ente_controlador: %%s não está no cadastro.', l.dados ->> 'ente_controlador')
WHERE l.carga_id = %(carga)s AND l.arquivo = 'convenentes' AND l.resultado = 'importada'
  AND l.dados ? 'ente_controlador' AND NOT l.avisos::text[] @> ARRAY[format('ente_controlador: %%s não está no cadastro.', l.dados ->> 'ente_controlador')]
  AND NOT EXISTS (SELECT FROM convenentes_convenente e WHERE e.cnpj = l.dados ->> 'ente_controlador');

-- One address of several people opens the account of none: each one needs an address of their own to sign in by it.
UPDATE convenentes_linhalegado l
SET avisos = l.avisos || 'email: é também de outra pessoa; ela entra pelo CPF.'::text
FROM contas_usuario u
WHERE l.carga_id = %(carga)s AND l.arquivo = 'pessoas' AND l.resultado = 'importada' AND u.cpf = l.chave
  AND u.email <> '' AND NOT l.avisos::text[] @> ARRAY['email: é também de outra pessoa; ela entra pelo CPF.']
  AND EXISTS (SELECT FROM contas_usuario o WHERE o.email = u.email AND o.id <> u.id);
