"""What the pages of accounts share."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from contas.models import Usuario


def pessoa(request: HttpRequest) -> Usuario:
    """Return the signed-in person. Only for views behind ``login_required``."""
    assert isinstance(request.user, Usuario)
    return request.user


def sem_rastro(resposta: HttpResponse) -> HttpResponse:
    """Keep the secret of the address out of the Referer and of every cache.

    ``strict-origin`` and not ``no-referrer``: with the latter browsers send ``Origin: null`` with the form,
    and the CSRF check refuses it.
    """
    resposta["Referrer-Policy"] = "strict-origin"
    resposta["Cache-Control"] = "no-store, private"
    return resposta


def confirmada(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask a signed-in person for the password, unless it was typed in the last five minutes.

    What is sent to such a page is secret as a whole.
    """
    protegida: Callable[..., HttpResponse] = reauthentication_required(app="allauth.mfa")(view)
    return sensitive_post_parameters()(login_required(never_cache(protegida)))
