"""The person's own identity, address and selfie: state, until when, and how to send another."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from convenentes import identidade
from convenentes.identidade import NaPasta
from convenentes.models import ItemSolicitacao, Solicitacao
from convenentes.views.comum import pessoa


@dataclass(frozen=True)
class LinhaDaPasta:
    """A kind of paper with its badges, as the person reads them."""

    papel: NaPasta
    selos: list[tuple[str, str]]


@login_required
@require_safe
def minha_identidade(request: HttpRequest) -> HttpResponse:
    """Show the own papers. They are renewed through a request of one organisation, and serve all."""
    usuario, dia = pessoa(request), hoje()
    papeis, convenente = identidade.pasta(usuario, dia)
    contexto = {
        "linhas": [LinhaDaPasta(papel, _selos(papel)) for papel in papeis],
        "convenente": convenente,
        "mandatos": identidade.mandatos(usuario, dia).select_related("convenente"),
        "chave_envio": uuid4(),
    }
    return render(request, "convenentes/minha_identidade.html", contexto)


def _selos(papel: NaPasta) -> list[tuple[str, str]]:
    selos = [("ok", "Conferido")] if papel.em_vigor else []
    item = papel.item
    if item and item.solicitacao.estado == Solicitacao.Estado.EM_ANALISE and not papel.ultimo_em_vigor:
        return [*selos, ("info", "Em análise")]
    if selos:
        return selos
    if papel.ultimo is None:
        return [("neutro", "Não apresentado")]
    if item and item.estado == ItemSolicitacao.Estado.RECUSADO:
        return [("erro", "Recusado: envie outro")]
    vencido = bool(papel.ultimo.comprovacoes.all())
    return [("aviso", "Venceu: envie outro")] if vencido else [("neutro", "Não conferido")]
