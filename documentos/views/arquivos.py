"""Private delivery of files."""

from io import BytesIO
from pathlib import PurePath
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from contas.limites import endereco_ip
from contas.models import Usuario
from documentos import marca, previa, visualizacoes
from documentos.acesso import arquivo_para, le_originais
from documentos.models import Arquivo
from documentos.verificacoes import formato, paginas


def _achar(request: HttpRequest, uuid: UUID) -> tuple[Arquivo, str]:
    """Return the file, and what it is looked at for when that has to be marked and noted (empty: it has not)."""
    assert isinstance(request.user, Usuario)
    achado = arquivo_para(request.user, uuid, hoje())
    if not visualizacoes.de_terceiro(achado, request.user):
        return achado, ""
    return achado, visualizacoes.finalidade(request.GET.get("para", ""))


def _registrar(request: HttpRequest, arquivo: Arquivo, finalidade: str) -> None:
    assert isinstance(request.user, Usuario)
    if finalidade:
        visualizacoes.registrar(arquivo, request.user, endereco_ip(request), finalidade)


def proteger(resposta: HttpResponse | FileResponse) -> None:
    """Whatever the bytes are, the browser only keeps or draws them: it never runs or caches them."""
    resposta["X-Content-Type-Options"] = "nosniff"
    resposta["Cache-Control"] = "private, no-store"
    resposta["Content-Security-Policy"] = "sandbox; default-src 'none'"


@login_required
@require_safe
def arquivo(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Stream a file to who may read it, always as a download. Of a sensitive one of others, a marked copy."""
    achado, finalidade = _achar(request, uuid)
    resposta = _copia(achado, finalidade) if finalidade else baixar(achado, achado.servido)
    _registrar(request, achado, finalidade)
    proteger(resposta)
    return resposta


@login_required
@never_cache
@require_safe
def ver(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The pages of a file as pictures: nobody has to download it to look. Each picture asks and notes for itself."""
    achado, _finalidade = _achar(request, uuid)
    contexto = {"arquivo": achado, "paginas": previa.paginas(achado), "maximo": previa.MAXIMO}
    return render(request, "documentos/ver_arquivo.html", contexto)


@login_required
@require_safe
def original(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Stream to the team the very bytes that a person sent. Of a sensitive file only marked copies ever leave."""
    achado, finalidade = _achar(request, uuid)
    assert isinstance(request.user, Usuario)
    if finalidade or not le_originais(request.user):
        raise Http404
    resposta = baixar(achado, achado)
    proteger(resposta)
    return resposta


def baixar(arquivo: Arquivo, bytes_de: Arquivo) -> FileResponse:
    """Stream ``bytes_de`` as a download under the name of ``arquivo``. Who may have it was asked before."""
    aberto = default_storage.open(bytes_de.chave)
    nome = arquivo.nome
    if bytes_de.tipo_midia != arquivo.tipo_midia:  # a HEIC is shown as JPEG
        nome = PurePath(nome).stem + formato.TERMINACOES[bytes_de.tipo_midia]
    resposta = FileResponse(aberto, as_attachment=True, filename=nome, content_type=bytes_de.tipo_midia)
    resposta["Content-Length"] = bytes_de.tamanho
    return resposta


def _copia(arquivo: Arquivo, finalidade: str) -> FileResponse:
    copia = previa.copiar(arquivo, marca.linha(finalidade, hoje()))
    if copia is None:
        raise Http404
    nome = f"{PurePath(arquivo.nome).stem}-copia.pdf"
    return FileResponse(BytesIO(copia), as_attachment=True, filename=nome, content_type="application/pdf")


@login_required
@require_safe
def pagina(request: HttpRequest, uuid: UUID, numero: int) -> HttpResponse:
    """A page of the document as a picture: the desk shows it without opening the file itself."""
    achado, finalidade = _achar(request, uuid)
    linha = marca.linha(finalidade, hoje()) if finalidade else None
    imagem = previa.desenhar(achado, numero, linha)
    if imagem is None:
        raise Http404
    _registrar(request, achado, finalidade)
    resposta = HttpResponse(imagem, content_type=paginas.TIPO)
    proteger(resposta)
    return resposta


@login_required
@require_safe
def miniatura(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A small picture of the first page, to know a file by. Of what must be marked there is none: no mark is read so
    small."""
    achado, finalidade = _achar(request, uuid)
    imagem = None if finalidade else previa.miniatura(achado)
    if imagem is None:
        raise Http404
    resposta = HttpResponse(imagem, content_type=paginas.TIPO)
    proteger(resposta)
    return resposta


@login_required
@require_safe
def quem_viu(request: HttpRequest) -> HttpResponse:
    """The person sees who looked at the identity document and selfie, and what for."""
    assert isinstance(request.user, Usuario)
    pagina = Paginator(visualizacoes.dos_arquivos_de(request.user), 20).get_page(request.GET.get("pagina"))
    return render(request, "documentos/visualizacoes.html", {"pagina": pagina})
