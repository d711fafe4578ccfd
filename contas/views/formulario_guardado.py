"""The button that forgets what was kept of a form."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contas import formulario_guardado


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def descartar_guardado(request: HttpRequest) -> HttpResponse:
    """Forget, and go back to the form, as it was before. A GET, after signing in again, forgets nothing."""
    if request.method == "POST":
        formulario_guardado.esquecer(request)
    return redirect(get_next_redirect_url(request) or "painel")
