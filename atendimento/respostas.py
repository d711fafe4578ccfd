"""The canned answers that the desk starts with. The team edits them; what exists is never overwritten."""

from atendimento.models import Categoria, RespostaPronta

INICIAIS = (
    (
        "Link de acesso reenviado",
        Categoria.ACESSO,
        "Enviamos outra vez o link de acesso para o e-mail do seu cadastro. Olhe também a caixa de spam.\n\n"
        "O link vale por 14 dias. Se ele vencer, abra-o assim mesmo: a própria página oferece outro.",
    ),
    (
        "O que falta para ficar regular",
        Categoria.DOCUMENTOS,
        "A página de {organizacao} no seu painel mostra cada exigência, a validade e o que fazer.\n\n"
        "Escolha “Atualizar documentos”, envie os que faltam e encaminhe para a assinatura do representante legal.",
    ),
    (
        "Informação de outro órgão",
        Categoria.DIVERGENCIA,
        "A informação vem do órgão que a registrou. Depois de corrigida lá, o portal a lê de novo em poucos dias.\n\n"
        "Se já está corrigida, responda com o comprovante em PDF e a equipe confere.",
    ),
    (
        "Precisamos de mais dados",
        "",
        "Para ajudar, precisamos saber:\n\n- o CNPJ da organização;\n- o que você tentou fazer;\n"
        "- o que o portal respondeu, se puder com uma foto da tela.",
    ),
)


def carregar() -> dict[str, int]:
    """Create the first canned answers where the desk has none at all."""
    if RespostaPronta.objects.exists():
        return {"respostas prontas": 0}
    criadas = RespostaPronta.objects.bulk_create(
        RespostaPronta(titulo=titulo, categoria=categoria, texto=texto)
        for titulo, categoria, texto in INICIAIS
    )
    return {"respostas prontas": len(criadas)}
