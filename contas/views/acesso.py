"""The page of a mailed link: it sets the password. Opening it consumes nothing."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cagec.tempo import hoje
from contas import convites
from contas.aceite import termo_pendente, termo_vigente
from contas.forms import DefinirSenhaForm, ReenviarLinkForm
from contas.limites import MENSAGEM, endereco_ip, permitido
from contas.models import Convite, Termo
from contas.views.comum import sem_rastro


@sensitive_post_parameters("senha", "repetir")
@require_http_methods(["GET", "HEAD", "POST"])
def definir_senha(request: HttpRequest, segredo: str) -> HttpResponse:
    """Show the rules and the term, and set the password; then the person is in."""
    link = convites.abrir_link(segredo)
    if link is None:
        return _sem_uso(request, "desconhecido", 404)
    convite = link.convite
    if convite.usado_em is not None and request.method != "POST":
        return _sem_uso(request, "usado", 410)
    if convites.vencido(link):
        contexto = {"segredo": segredo, "form": ReenviarLinkForm()}
        return sem_rastro(render(request, "contas/link_vencido.html", contexto, status=410))
    if request.method == "POST":
        convites.marcar_aberto(convite)
    termo = _termo_a_aceitar(convite)
    usuario = convite.usuario or convites.conta_prevista(convite)
    enviado = request.POST if request.method == "POST" else None
    form = DefinirSenhaForm(enviado, usuario=usuario, pede_aceite=termo is not None)
    if request.method == "POST" and form.is_valid():
        return sem_rastro(_definir(request, convite, form.cleaned_data["senha"]))
    contexto = {"form": form, "segredo": segredo, "usuario": usuario, "termo": termo}
    return sem_rastro(render(request, "contas/definir_senha.html", contexto))


def _definir(request: HttpRequest, convite: Convite, senha: str) -> HttpResponse:
    navegador = request.headers.get("User-Agent", "")
    try:
        usuario = convites.definir_senha(convite, senha, ip=endereco_ip(request), navegador=navegador)
    except convites.CpfJaUsado:
        return _sem_uso(request, "cpf_ja_usado", 409)
    except convites.ConviteInvalido:
        return _sem_uso(request, "usado", 410)
    with transaction.atomic():
        get_adapter(request).desbloquear(request, usuario)
        resposta: HttpResponse = perform_login(request, usuario, redirect_url=None)
    return resposta


def _termo_a_aceitar(convite: Convite) -> Termo | None:
    if convite.usuario is None:
        return termo_vigente(hoje())
    return termo_pendente(convite.usuario, hoje())


def _sem_uso(request: HttpRequest, problema: str, status: int) -> HttpResponse:
    """Say why the link does not work any more, and the way out."""
    return sem_rastro(render(request, "contas/link_invalido.html", {"problema": problema}, status=status))


@require_POST
def link_aberto(request: HttpRequest, segredo: str) -> HttpResponse:
    """The page says that somebody touched it (docs/decisoes/0021)."""
    link = convites.abrir_link(segredo)
    if link is not None:
        convites.marcar_aberto(link.convite)
    return sem_rastro(HttpResponse(status=204))


@require_POST
def reenviar_link(request: HttpRequest, segredo: str) -> HttpResponse:
    """Mail a new link in place of an expired one, to the address of the invitation."""
    link = convites.abrir_link(segredo)
    if link is None:
        return _sem_uso(request, "desconhecido", 404)
    if link.convite.usado_em is not None:
        return _sem_uso(request, "usado", 410)
    form = ReenviarLinkForm(request.POST)
    form.full_clean()
    if not permitido(request, "reenviar", str(link.convite.uuid)):
        form.add_error(None, MENSAGEM)
        contexto = {"segredo": segredo, "form": form}
        return sem_rastro(render(request, "contas/link_vencido.html", contexto))
    convites.reenviar(link.convite, form.cleaned_data["chave_envio"])
    return sem_rastro(redirect("novo_usuario_enviado"))
