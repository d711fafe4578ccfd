"""What comes between a person and the page: a new term, a form that was kept, the second factor of the team."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from cagec.tempo import hoje
from contas import formulario_guardado, sessoes
from contas.aceite import termo_pendente
from contas.fatores import protegido
from contas.models import Usuario
from contas.preenchimento import preencher

LIVRES = frozenset(
    {"aceitar_termo", "account_logout", "confirmar_email", "definir_senha", "govbr_volta", "saude", "sessao"}
)
LIVRES_DO_FATOR = LIVRES | {
    "ativar_aplicativo",
    "adicionar_chave",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "manter_sessao",
    "caixa_postal",
    "caixa_postal_mensagem",
}


class SessaoEmUso:
    """Each page that a person opens begins the sixty minutes again; the page that counts them does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Run after the address is known and before its view."""
        rota = request.resolver_match
        if request.user.is_authenticated and rota is not None and rota.url_name != "sessao":
            sessoes.usar(request)


class TermoAceito:
    """Send a signed-in person to the term in force, if it was not accepted.

    Only pages are held back: a form that was open when the term came out is not lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Run after the address is known and before its view."""
        rota = request.resolver_match
        if request.method not in {"GET", "HEAD"} or rota is None or rota.url_name in LIVRES:
            return None
        if not isinstance(request.user, Usuario) or termo_pendente(request.user, hoje()) is None:
            return None
        return redirect(f"{reverse('aceitar_termo')}?{urlencode({'next': request.get_full_path()})}")


class FormularioGuardado:
    """Keep what was typed when a form is sent after the session ended, and show it filled in after sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        rota = request.resolver_match
        if rota is not None and rota.url_name == "account_logout" and request.method == "POST":
            resposta.delete_cookie(formulario_guardado.COOKIE, samesite="Lax")
        elif isinstance(request.user, Usuario):
            formulario_guardado.marcar(request, resposta, request.user)
            self._oferecer(request, resposta, request.user)
        elif _pede_entrada(request, resposta) and formulario_guardado.guardar(request):
            messages.info(
                request,
                "Sua sessão terminou. Entre de novo: o que você digitou fica guardado por duas horas.",
            )
        return resposta

    def _oferecer(self, request: HttpRequest, resposta: HttpResponse, usuario: Usuario) -> None:
        guardado = formulario_guardado.guardado(request, usuario)
        if guardado is None or resposta.streaming:
            return
        if request.method == "POST" and request.path == guardado["caminho"]:
            formulario_guardado.esquecer(request)
        elif request.method == "GET" and resposta.status_code == 200 and _html(resposta):
            aviso = render_to_string("contas/_formulario_guardado.html", {}, request)
            pagina = resposta.content.decode()
            resposta.content = preencher(
                pagina, request.path, guardado["caminho"], guardado["campos"], aviso
            ).encode()


def _html(resposta: HttpResponse) -> bool:
    return resposta.get("Content-Type", "").startswith("text/html")


def _pede_entrada(request: HttpRequest, resposta: HttpResponse) -> bool:
    """Tell whether a form was answered with the sign-in page. What another site sent never gets here."""
    do_portal = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    destino = resposta.get("Location", "").split("?")[0]
    return do_portal and destino in {reverse("account_login"), reverse("admin:login")}


class SegundoFatorDaEquipe:
    """Send who is of the team and has no second factor to the page that sets one up, whatever was asked for.

    A session that is older than the factor does not outlive it (``contas.views.fatores``), so who is of the team and
    in has either passed the factor or just set it up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Run after the address is known and before its view."""
        rota = request.resolver_match
        if rota is None or rota.url_name in LIVRES_DO_FATOR or not isinstance(request.user, Usuario):
            return None
        if not request.user.is_staff or protegido(request.user):
            return None
        return redirect("ativar_aplicativo")
