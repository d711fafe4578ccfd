"""Asking for an account and for lost access. Nobody learns here whether a CPF or an e-mail has an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contas import cadastro, recuperacao
from contas.forms import NovoUsuarioForm, RecuperarAcessoForm
from contas.limites import MENSAGEM, permitido


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def novo_usuario(request: HttpRequest) -> HttpResponse:
    """Ask for the set-up link."""
    form = NovoUsuarioForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if permitido(request, "novo_usuario", form.cleaned_data["cpf"]):
            cadastro.pedir(**form.cleaned_data)
            return redirect("novo_usuario_enviado")
        form.add_error(None, MENSAGEM)
    return render(request, "contas/novo_usuario.html", {"form": form})


@require_safe
def novo_usuario_enviado(request: HttpRequest) -> HttpResponse:
    """Say what happens next, the same for everybody."""
    return render(request, "contas/novo_usuario_enviado.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recuperar_acesso(request: HttpRequest) -> HttpResponse:
    """Ask for a link that gives access back."""
    form = RecuperarAcessoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if permitido(request, "recuperar", form.cleaned_data["cpf"]):
            recuperacao.pedir(**form.cleaned_data)
            return redirect("recuperar_acesso_enviado")
        form.add_error(None, MENSAGEM)
    return render(request, "contas/recuperar_acesso.html", {"form": form})


@require_safe
def recuperar_acesso_enviado(request: HttpRequest) -> HttpResponse:
    """Say what happens next, the same for everybody."""
    return render(request, "contas/recuperar_acesso_enviado.html")
