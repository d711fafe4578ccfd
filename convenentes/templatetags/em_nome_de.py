"""On whose behalf the signed-in person acts on a page."""

from collections.abc import Mapping
from typing import Any

from django import template

from cagec.tempo import hoje
from convenentes.acesso import papeis_na_solicitacao, papeis_no_convenente
from convenentes.models import Convenente, PapelVinculo, Solicitacao

register = template.Library()


@register.inclusion_tag("convenentes/_em_nome_de.html", takes_context=True)
def em_nome_de(context: Mapping[str, Any], alvo: Convenente | Solicitacao) -> dict[str, str]:
    """Say for which organisation, and in which roles, the reader acts on the page of ``alvo``."""
    usuario = context["request"].user
    if isinstance(alvo, Solicitacao):
        nome, papeis = alvo.nome_do_convenente, papeis_na_solicitacao(usuario, alvo, hoje())
    else:
        nome, papeis = alvo.razao_social, papeis_no_convenente(usuario, alvo.pk, hoje())
    nomes = [papel.label.lower() for papel in PapelVinculo if papel in papeis]
    return {"nome": nome, "papeis": " e ".join(nomes)}
