"""The mail to a person of the legacy registry."""

from collections import defaultdict
from typing import Any

from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo_de_muitas
from cagec.tempo import hoje
from contas.convites import novos_links
from contas.models import Convite
from convenentes.cnpj import formatar_cnpj
from convenentes.legado.convites import TIPO
from convenentes.mensagens import endereco
from convenentes.models import PapelVinculo, Vinculo

_MAXIMO = 30


@tipo_de_muitas(TIPO)
def migracao(contextos: list[dict[str, Any]]) -> list[Corpo]:
    """The set-up link, with every organisation of the person. Raises LookupError when an invitation is gone."""
    convites = {str(c.uuid): c for c in Convite.objects.filter(uuid__in=[c["convite"] for c in contextos])}
    if any(contexto["convite"] not in convites for contexto in contextos):
        raise LookupError("convite")
    # Two mails to one person are two links: each occasion makes its own.
    dos_contextos = [convites[contexto["convite"]] for contexto in contextos]
    links = novos_links(dos_contextos)
    organizacoes = _organizacoes([convite.usuario_id for convite in dos_contextos])
    return [
        _corpo(convite, organizacoes[convite.usuario_id], link, lembrete="lembrete" in contexto)
        for contexto, convite, link in zip(contextos, dos_contextos, links, strict=True)
    ]


def _organizacoes(usuarios: list[int | None]) -> dict[int | None, list[str]]:
    campos = ("usuario_id", "convenente__razao_social", "convenente__cnpj", "papel")
    vinculos = Vinculo.objects.vigentes(hoje()).filter(usuario__in=usuarios)
    das_pessoas: dict[int | None, list[str]] = defaultdict(list)
    for usuario, nome, cnpj, papel in vinculos.order_by("convenente__nome_busca", "pk").values_list(*campos):
        das_pessoas[usuario].append(
            f"- {nome} (CNPJ {formatar_cnpj(cnpj)}): {PapelVinculo(papel).label.lower()}"
        )
    return das_pessoas


def _corpo(convite: Convite, organizacoes: list[str], link: str, *, lembrete: bool) -> Corpo:
    outras = len(organizacoes) - _MAXIMO
    aviso = "Este é um lembrete. " if lembrete else ""
    return Corpo(
        "CAGEC: crie sua senha no novo portal",
        [
            f"Olá, {convite.nome_social or convite.nome_civil}.",
            f"{aviso}O CAGEC tem um novo portal, e o seu cadastro já está nele. Você atua por:",
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
