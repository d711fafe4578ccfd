"""What the pages of accounts share."""

from django.http import HttpRequest, HttpResponse

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
