-- People, with a password that opens nothing until they prove who they are. An account that exists stays as it is.
WITH novo AS (
    INSERT INTO contas_usuario
        (uuid, cpf, nome_civil, nome_social, email, telefone, password, is_active, is_staff, is_superuser, criado_em)
    SELECT gen_random_uuid(), chave, nome, nome_social, email, telefone, senha, true, false, false, %(agora)s
    FROM palco WHERE resultado IS NULL
    ORDER BY linha
    ON CONFLICT (cpf) DO NOTHING
    RETURNING cpf
)
UPDATE palco p SET resultado = 'importada' FROM novo WHERE novo.cpf = p.chave AND p.resultado IS NULL;

UPDATE palco SET resultado = 'ja_havia', motivo = 'A pessoa já tem conta neste portal.' WHERE resultado IS NULL;

-- The same CPF with another spelling: one person, with the name that is kept.
UPDATE palco p
SET avisos = avisos || format('nome: o mesmo CPF veio como “%%s”; vale “%%s”.', left(p.nome, 60), left(u.nome_civil, 60)),
    mudancas = mudancas || jsonb_build_object('nome', jsonb_build_array(p.nome, u.nome_civil))
FROM contas_usuario u
WHERE u.cpf = p.chave AND p.resultado IN ('repetida', 'ja_havia') AND u.nome_civil <> p.nome;
