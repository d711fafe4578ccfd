"""The receipt: protocol number, what was sent with its hashes, the signatures, and what happens next."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from convenentes import comprovante
from convenentes.models import Solicitacao
from convenentes.views.comum import abrir, pagina_de_leitura


def _enviada(request: HttpRequest, uuid: UUID) -> Solicitacao:
    solicitacao = abrir(request, uuid)
    if solicitacao.protocolo is None:
        raise Http404
    return solicitacao


@pagina_de_leitura
def pagina(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the receipt."""
    solicitacao = _enviada(request, uuid)
    contexto = {"solicitacao": solicitacao, "recibo": comprovante.recibo(solicitacao)}
    return render(request, "convenentes/solicitacao/comprovante.html", contexto)


@pagina_de_leitura
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the receipt as a PDF."""
    solicitacao = _enviada(request, uuid)
    resposta = HttpResponse(comprovante.compor_pdf(solicitacao), content_type="application/pdf")
    resposta["Content-Disposition"] = f'attachment; filename="comprovante-{solicitacao.protocolo}.pdf"'
    resposta["Cache-Control"] = "no-store"
    return resposta
