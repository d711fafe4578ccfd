"""Closing a notice."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from atendimento import avisos


@require_POST
def fechar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hide the notice in this session and go back to the page."""
    avisos.fechar(request, str(uuid))
    volta = request.POST.get("volta", "")
    return redirect(volta if url_has_allowed_host_and_scheme(volta, {request.get_host()}) else "inicio")
