"""What holds for every request, whatever page it asks for."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

Resposta = Callable[[HttpRequest], HttpResponse]


class PedidoLegivel:
    """Refuse a NUL in the address: PostgreSQL keeps none, and nobody types one."""

    def __init__(self, get_response: Resposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


class SemCopia:
    """Keep no copy of what a signed-in person saw: after leaving, the back button shows nothing."""

    def __init__(self, get_response: Resposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        if SESSION_KEY in request.session and not resposta.has_header("Cache-Control"):
            add_never_cache_headers(resposta)
        return resposta
