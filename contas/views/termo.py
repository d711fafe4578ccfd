"""Acceptance of a newly published term."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from cagec.tempo import hoje
from contas.aceite import aceitar, termo_pendente
from contas.forms import AceitarTermoForm
from contas.limites import endereco_ip
from contas.views.comum import pessoa


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aceitar_termo(request: HttpRequest) -> HttpResponse:
    """Show the version in force, keep the acceptance, and go on to where the person was going."""
    volta = _volta(request)
    termo = termo_pendente(pessoa(request), hoje())
    if termo is None:
        return HttpResponseRedirect(volta)
    form = AceitarTermoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        navegador = request.headers.get("User-Agent", "")
        aceitar(pessoa(request), termo, ip=endereco_ip(request), navegador=navegador)
        return HttpResponseRedirect(volta)
    return render(request, "contas/aceitar_termo.html", {"form": form, "termo": termo, "volta": volta})


def _volta(request: HttpRequest) -> str:
    pedida = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(pedida, {request.get_host()}, require_https=request.is_secure()):
        return pedida
    return resolve_url("painel")
