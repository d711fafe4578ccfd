"""A new version of the term is accepted before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cagec.tempo import hoje
from contas.aceite import termo_pendente
from contas.models import Usuario

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
