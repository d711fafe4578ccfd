"""“Modelos e orientações”: what the team publishes, for anybody to read and download."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documentos.models import Orientacao, TipoConvenente, TipoDocumento
from documentos.models.orientacoes import OrientacaoQuerySet
from documentos.views.arquivos import baixar


@require_safe
def orientacoes(request: HttpRequest) -> HttpResponse:
    """List what is for all, and the types that have their own page."""
    return render(
        request,
        "documentos/orientacoes.html",
        {
            "tipos": TipoConvenente.objects.all(),
            "gerais": _com_documentos().filter(tipos=None),
        },
    )


@require_safe
def orientacoes_do_tipo(request: HttpRequest, slug: str) -> HttpResponse:
    """List what concerns a type of convenente."""
    tipo = TipoConvenente.objects.filter(slug=slug).first()
    if tipo is None:
        raise Http404
    return render(
        request,
        "documentos/orientacoes_do_tipo.html",
        {"tipo": tipo, "orientacoes": _com_documentos().do_tipo(tipo)},
    )


@require_safe
def arquivo_da_orientacao(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Download the model."""
    orientacao = Orientacao.objects.publicadas().filter(uuid=uuid, arquivo__isnull=False).first()
    if orientacao is None or orientacao.arquivo is None or not orientacao.arquivo.pronto:
        raise Http404
    resposta = baixar(orientacao.arquivo, orientacao.arquivo.servido)
    resposta["X-Content-Type-Options"] = "nosniff"
    return resposta


def _com_documentos() -> OrientacaoQuerySet:
    return Orientacao.objects.publicadas().prefetch_related(
        Prefetch("documentos", TipoDocumento.objects.order_by("nome"))
    )
