"""What comes between a person and the page: a new version of the term, and a form that was kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from cagec.tempo import hoje
from contas import formulario_guardado
from contas.aceite import termo_pendente
from contas.models import Usuario
from contas.preenchimento import preencher

LIVRES = frozenset(
    {"aceitar_termo", "account_logout", "confirmar_email", "definir_senha", "govbr_volta", "saude"}
)


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
