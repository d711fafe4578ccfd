"""Acceptance of a newly published term."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cagec.tempo import hoje
from contas import govbr
from contas.aceite import aceitar, termo_pendente
from contas.forms import ReaceitarTermoForm
from contas.limites import MENSAGEM, endereco_ip, permitido
from contas.views.comum import pessoa


@sensitive_post_parameters("senha")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aceitar_termo(request: HttpRequest) -> HttpResponse:
    """Show the version in force, keep the acceptance, and go on to where the person was going.

    The password confirms it (docs/dominio.md, LGPD), or a sign-in by gov.br of the last five minutes.
    """
    volta, usuario = _volta(request), pessoa(request)
    termo = termo_pendente(usuario, hoje())
    if termo is None:
        return HttpResponseRedirect(volta)
    bloqueado = not permitido(request, "reauthenticate")
    enviado = request.POST if request.method == "POST" and not bloqueado else None
    pede_senha = not govbr.entrou_ha_pouco(request)
    form = ReaceitarTermoForm(enviado, usuario=usuario, pede_senha=pede_senha)
    if form.is_valid():
        navegador = request.headers.get("User-Agent", "")
        aceitar(usuario, termo, ip=endereco_ip(request), navegador=navegador)
        return HttpResponseRedirect(volta)
    if bloqueado:
        messages.error(request, MENSAGEM)
    contexto = {"form": form, "termo": termo, "volta": volta, "pede_senha": pede_senha}
    contexto["sem_senha"] = pede_senha and not usuario.has_usable_password()
    return render(request, "contas/aceitar_termo.html", contexto)


def _volta(request: HttpRequest) -> str:
    pedida = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(pedida, {request.get_host()}, require_https=request.is_secure()):
        return pedida
    return resolve_url("painel")
