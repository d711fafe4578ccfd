"""Private delivery of files."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from contas.limites import endereco_ip
from contas.models import Usuario
from documentos import visualizacoes
from documentos.acesso import arquivo_para
from documentos.models import Arquivo
from documentos.previa import desenhar


def _achar(request: HttpRequest, uuid: UUID) -> Arquivo:
    assert isinstance(request.user, Usuario)
    return arquivo_para(request.user, uuid, hoje())


def _registrar(request: HttpRequest, arquivo: Arquivo) -> None:
    assert isinstance(request.user, Usuario)
    visualizacoes.registrar(arquivo, request.user, endereco_ip(request))


def _proteger(resposta: HttpResponse | FileResponse) -> None:
    """Whatever the bytes are, the browser only keeps or draws them: it never runs or caches them."""
    resposta["X-Content-Type-Options"] = "nosniff"
    resposta["Cache-Control"] = "private, no-store"
    resposta["Content-Security-Policy"] = "sandbox; default-src 'none'"


@login_required
@require_safe
def arquivo(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Stream a file to who may read it, always as a download."""
    achado = _achar(request, uuid)
    aberto = default_storage.open(achado.chave)
    _registrar(request, achado)
    resposta = FileResponse(
        aberto,
        as_attachment=True,
        filename=achado.nome,
        content_type=achado.tipo_midia,
    )
    _proteger(resposta)
    return resposta


@login_required
@require_safe
def previa(request: HttpRequest, uuid: UUID, numero: int) -> HttpResponse:
    """A page of the document as a picture: the desk shows it without opening the file itself."""
    achado = _achar(request, uuid)
    imagem = desenhar(achado, numero)
    if imagem is None:
        raise Http404
    _registrar(request, achado)
    resposta = HttpResponse(imagem, content_type="image/png")
    _proteger(resposta)
    return resposta


@login_required
@require_safe
def quem_viu(request: HttpRequest) -> HttpResponse:
    """The person sees who looked at the identity document and selfie."""
    assert isinstance(request.user, Usuario)
    pagina = Paginator(visualizacoes.dos_arquivos_de(request.user), 20).get_page(request.GET.get("pagina"))
    return render(request, "documentos/visualizacoes.html", {"pagina": pagina})
