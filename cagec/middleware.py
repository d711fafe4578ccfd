"""What holds for every request, whatever page it asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cagec import manutencao

# Health, and what the team needs to sign in.
LIVRES_NA_MANUTENCAO = frozenset({"saude", "account_login", "account_logout", "mfa_authenticate"})
Resposta = Callable[[HttpRequest], HttpResponse]


class PedidoLegivel:
    """Refuse a NUL in the address: PostgreSQL keeps none, and nobody types one."""

    def __init__(self, get_response: Resposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


class Manutencao:
    """While the office works on the portal (``manage.py manutencao``), only the team gets in."""

    def __init__(self, get_response: Resposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Run after the address is known and before its view."""
        rota = request.resolver_match
        if rota is None or rota.url_name in LIVRES_NA_MANUTENCAO or not manutencao.ligada():
            return None
        if getattr(request.user, "is_staff", False):
            return None
        resposta = render(request, "503.html", status=503)
        resposta["Retry-After"] = str(manutencao.VOLTE_EM)
        return resposta


class SemCopia:
    """Keep no copy of what a signed-in person saw: after leaving, the back button shows nothing."""

    def __init__(self, get_response: Resposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        if SESSION_KEY in request.session and not resposta.has_header("Cache-Control"):
            add_never_cache_headers(resposta)
        return resposta
