"""The person's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contas.forms import AlterarSenhaForm, MinhaContaForm
from contas.limites import MENSAGEM, permitido
from contas.minha_conta import mudar_contato, mudar_senha
from contas.seguranca import origem
from contas.views.comum import pessoa


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def minha_conta(request: HttpRequest) -> HttpResponse:
    """Show the own data and change what needs no proof."""
    usuario = pessoa(request)
    atual = {"nome_social": usuario.nome_social, "telefone": usuario.telefone}
    form = MinhaContaForm(request.POST if request.method == "POST" else None, initial=atual)
    if request.method == "POST" and form.is_valid():
        mudar_contato(usuario, **form.cleaned_data)
        messages.success(request, "Seus dados foram salvos.")
        return redirect("minha_conta")
    return render(request, "contas/minha_conta.html", {"form": form, "pessoa": usuario})


@sensitive_post_parameters("atual", "senha", "repetir")
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alterar_senha(request: HttpRequest) -> HttpResponse:
    """Change the password, with the current one at hand."""
    usuario = pessoa(request)
    bloqueado = not permitido(request, "reauthenticate")
    enviado = request.POST if request.method == "POST" and not bloqueado else None
    form = AlterarSenhaForm(enviado, usuario=usuario)
    if form.is_valid():
        sessao = request.session.session_key
        mudar_senha(usuario, form.cleaned_data["senha"], origem(request), sessao=sessao)
        update_session_auth_hash(request, usuario)
        messages.success(request, "Sua senha foi alterada.")
        return redirect("minha_conta")
    if bloqueado:
        messages.error(request, MENSAGEM)
    return render(request, "contas/alterar_senha.html", {"form": form})
