"""The mail to a person of the legacy registry."""

from typing import Any

from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo
from cagec.tempo import hoje
from contas.convites import novo_link
from contas.mensagens import convite_do_contexto
from convenentes.cnpj import formatar_cnpj
from convenentes.legado.convites import TIPO
from convenentes.mensagens import endereco
from convenentes.models import PapelVinculo, Vinculo

_MAXIMO = 30


@tipo(TIPO)
def migracao(contexto: dict[str, Any]) -> Corpo:
    """The set-up link, with every organisation of the person."""
    convite = convite_do_contexto(contexto)
    vinculos = Vinculo.objects.vigentes(hoje()).filter(usuario=convite.usuario_id)
    campos = ("convenente__razao_social", "convenente__cnpj", "papel")
    organizacoes = [
        f"- {nome} (CNPJ {formatar_cnpj(cnpj)}): {PapelVinculo(papel).label.lower()}"
        for nome, cnpj, papel in vinculos.order_by("convenente__nome_busca", "pk").values_list(*campos)
    ]
    outras = len(organizacoes) - _MAXIMO
    link = novo_link(convite)
    lembrete = "Este é um lembrete. " if "lembrete" in contexto else ""
    return Corpo(
        "CAGEC: crie sua senha no novo portal",
        [
            f"Olá, {convite.nome_social or convite.nome_civil}.",
            f"{lembrete}O CAGEC tem um novo portal, e o seu cadastro já está nele. Você atua por:",
            *organizacoes[:_MAXIMO],
            *([f"- e mais {outras}, que você vê depois de entrar"] if outras > 0 else []),
            "Crie sua senha pelo link abaixo e leia o termo de uso. Depois de entrar, confira o que veio do sistema "
            "anterior e veja o que falta. Sem esse passo, nenhuma atualização pode ser feita.",
            f"O link vale até {timezone.localdate(convite.expira_em):%d/%m/%Y}. Se ele vencer, a própria página "
            "oferece um novo. Quem tem conta gov.br também pode entrar por ela.",
            "Não atua mais por essas organizações, ou precisa de ajuda? Fale com a equipe CAGEC: "
            f"{endereco('contato')}",
        ],
        ("Criar minha senha", link),
        segredo=link,
    )
