"""tus 1.0 (https://tus.io/protocols/resumable-upload): core, creation, expiration and termination.

Only the module of our own pages speaks it. Refusals are one plain sentence, to be shown as it is.
"""

from base64 import b64decode
from collections.abc import Callable
from functools import partial, wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from contas.models import Usuario
from documentos import transferencia as jornada
from documentos.acesso import transferencia_para
from documentos.models import Transferencia
from documentos.verificacoes.tamanho import LIMITE

VERSAO = "1.0.0"
TIPO = "application/offset+octet-stream"
PEDACO = 256 * 1024  # bytes asked of the line at a time: what a line that breaks may lose


def _tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Speak the one version, to signed-in people; say every refusal in plain text."""

    @wraps(view)
    def envolta(request: HttpRequest, **argumentos: UUID) -> HttpResponse:
        if not request.user.is_authenticated:
            resposta = _texto("Sua sessão terminou. Entre de novo e escolha o arquivo outra vez.", 403)
        elif request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSAO:
            resposta = _texto("Versão do protocolo desconhecida. Atualize a página e tente de novo.", 412)
            resposta["Tus-Version"] = VERSAO
        else:
            try:
                resposta = view(request, **argumentos)
            except jornada.TransferenciaRecusada as erro:
                resposta = _texto(str(erro), 413)
            except jornada.ForaDeLugar:
                resposta = _texto("Este pedaço já chegou ou está fora de ordem.", 409)
            except jornada.Sumiu:
                resposta = _texto("Este envio não existe mais. Escolha o arquivo de novo.", 404)
        resposta["Tus-Resumable"], resposta["Cache-Control"] = VERSAO, "no-store"
        return resposta

    return envolta


@require_http_methods(["OPTIONS", "POST"])
@_tus
def transferencias(request: HttpRequest) -> HttpResponse:
    """Say what is spoken here (OPTIONS), or open a transfer (POST)."""
    if request.method == "OPTIONS":
        resposta = HttpResponse(status=204)
        resposta["Tus-Version"], resposta["Tus-Max-Size"] = VERSAO, str(LIMITE)
        resposta["Tus-Extension"] = "creation,expiration,termination"
        return resposta
    tamanho = _inteiro(request, "Upload-Length")
    if tamanho is None:
        return _texto("Falta o tamanho do arquivo. Atualize a página e tente de novo.", 400)
    nova = jornada.iniciar(_pessoa(request), _nome(request.headers.get("Upload-Metadata", "")), tamanho)
    resposta = HttpResponse(status=201)
    resposta["Location"] = reverse("transferencia", args=[nova.uuid])
    return _com_prazo(resposta, nova)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@_tus
def transferencia(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tell how much arrived (HEAD), take more (PATCH), or throw it away (DELETE)."""
    achada = transferencia_para(_pessoa(request), uuid)
    if request.method == "DELETE":
        jornada.desistir(achada)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        return _receber(request, achada)
    resposta = HttpResponse()
    resposta["Upload-Offset"], resposta["Upload-Length"] = str(achada.deslocamento), str(achada.tamanho)
    return _com_prazo(resposta, achada)


def _receber(request: HttpRequest, achada: Transferencia) -> HttpResponse:
    if request.content_type != TIPO:
        return _texto("Tipo de conteúdo desconhecido. Atualize a página e tente de novo.", 415)
    deslocamento = _inteiro(request, "Upload-Offset")
    if deslocamento != achada.deslocamento:
        raise jornada.ForaDeLugar
    a_vir = int(request.META.get("CONTENT_LENGTH") or 0)
    if deslocamento + a_vir > achada.tamanho:
        return _texto("Chegaram mais bytes do que o arquivo tem. Escolha o arquivo de novo.", 413)
    deslocamento = jornada.acrescentar(achada, deslocamento, iter(partial(_ler, request), b""), a_vir)
    resposta = HttpResponse(status=204)
    resposta["Upload-Offset"] = str(deslocamento)
    return _com_prazo(resposta, achada)


def _ler(request: HttpRequest) -> bytes:
    """Read what comes next. Of a line that broke, what arrived is kept; the next HEAD tells how much that was."""
    try:
        return request.read(PEDACO)
    except UnreadablePostError:
        return b""


def _com_prazo(resposta: HttpResponse, da: Transferencia) -> HttpResponse:
    resposta["Upload-Expires"] = http_date(da.expira_em.timestamp())
    return resposta


def _pessoa(request: HttpRequest) -> Usuario:
    assert isinstance(request.user, Usuario)
    return request.user


def _texto(mensagem: str, status: int) -> HttpResponse:
    return HttpResponse(mensagem, status=status, content_type="text/plain; charset=utf-8")


def _inteiro(request: HttpRequest, cabecalho: str) -> int | None:
    valor = request.headers.get(cabecalho, "")
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 16 else None


def _nome(metadados: str) -> str:
    """Return the file name of ``Upload-Metadata``: pairs of key and base64, separated by commas."""
    for par in metadados.split(","):
        chave, _, valor = par.strip().partition(" ")
        if chave == "filename":
            try:
                return b64decode(valor, validate=True).decode()
            except ValueError:  # not base64, not UTF-8, or letters that no header may have
                break
    return ""
