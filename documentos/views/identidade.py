"""What a person asks the team with proofs: the account of the own CPF, without signing in; another nome civil."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contas.limites import MENSAGEM, permitido
from contas.models import Usuario
from documentos import identidade
from documentos.forms import MudarNomeForm, PedidoDeIdentidadeForm


@require_http_methods(["GET", "HEAD", "POST"])
def pedido(request: HttpRequest) -> HttpResponse:
    """Ask the team for the account of the own CPF. The answer never tells whether there is one."""
    bruto = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PedidoDeIdentidadeForm(*bruto)
    if form.is_bound and form.is_valid() and _pedir(request, form, identidade.pedir):
        return redirect("pedido_de_identidade_enviado")
    return render(request, "documentos/pedido_de_identidade.html", {"form": form})


@require_safe
def enviado(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "documentos/pedido_de_identidade_enviado.html")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mudar_nome(request: HttpRequest) -> HttpResponse:
    """Ask the team for another nome civil, or show the request that waits."""
    assert isinstance(request.user, Usuario)
    usuario = request.user
    bruto = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MudarNomeForm(*bruto, usuario=usuario)

    def pedir(**dados: Any) -> object:
        return identidade.pedir_nome(usuario, **dados)

    try:
        if form.is_bound and form.is_valid() and _pedir(request, form, pedir):
            messages.success(request, "Recebemos seu pedido. A resposta chega por e-mail.")
            return redirect("mudar_nome")
    except identidade.JaPedido as erro:
        messages.error(request, str(erro))
        return redirect("mudar_nome")
    contexto = {"form": form, "pessoa": usuario, "pedido": identidade.nome_em_analise(usuario)}
    return render(request, "documentos/mudar_nome.html", contexto)


def _pedir(request: HttpRequest, form: forms.Form, pedir: Callable[..., object]) -> bool:
    """Make the request, or put next to each field what is wrong with its file."""
    if not permitido(request, "identidade"):
        form.add_error(None, MENSAGEM)
        return False
    try:
        pedir(**form.cleaned_data)
    except identidade.ProvasRecusadas as erro:
        for campo, mensagens in erro.mensagens.items():
            form.add_error(campo, mensagens)
        return False
    return True
