"""To gov.br and back."""

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from contas import govbr
from contas.provider import ID, AdaptadorOidc


@require_POST
def entrar(request: HttpRequest) -> HttpResponse:
    """The button."""
    if not govbr.oferecido():
        raise Http404
    return govbr.ir(request, get_next_redirect_url(request))


@never_cache
@require_safe
def volta(request: HttpRequest) -> HttpResponse:
    """Where gov.br sends the person back, with a code that works once.

    A GET by the protocol, and the one that signs in: the state of this session says that it was asked for.
    """
    if not govbr.oferecido():
        raise Http404
    try:
        resposta: HttpResponse = OAuth2CallbackView.adapter_view(AdaptadorOidc(request, ID))(request)
    except RequestException:
        return govbr.sem_entrada(request, "fora_do_ar")
    return resposta
