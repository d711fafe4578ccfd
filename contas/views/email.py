"""Another e-mail for the account: asked here, confirmed by the link mailed to the new address."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contas import troca_de_email
from contas.forms import TrocarEmailForm
from contas.limites import MENSAGEM, permitido
from contas.models import TrocaDeEmail
from contas.seguranca import origem
from contas.views.comum import pessoa, sem_rastro


@login_required
@reauthentication_required  # type: ignore[untyped-decorator] # allauth ships no types
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def trocar(request: HttpRequest) -> HttpResponse:
    """Ask for the change, with the password just retyped; or show the one that waits."""
    usuario = pessoa(request)
    form = TrocarEmailForm(request.POST if request.method == "POST" else None, usuario=usuario)
    if request.method == "POST" and form.is_valid():
        if not permitido(request, "trocar_email"):
            form.add_error(None, MENSAGEM)
        else:
            try:
                troca_de_email.pedir(usuario, form.cleaned_data["email"], form.cleaned_data["chave_envio"])
            except troca_de_email.JaPedida as erro:
                messages.error(request, str(erro))
            return redirect("trocar_email")
    contexto = {"form": form, "pessoa": usuario, "troca": troca_de_email.pendente(usuario)}
    return render(request, "contas/trocar_email.html", contexto)


@login_required
@require_http_methods(["GET", "POST"])
def cancelar(request: HttpRequest) -> HttpResponse:
    """Call off the change that waits. Who comes back from signing in arrives without the click."""
    if request.method == "POST":
        TrocaDeEmail.objects.cancelar(pessoa(request))
        messages.success(request, "A troca de e-mail foi cancelada. Vale o endereço de antes.")
    return redirect("minha_conta")


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar(request: HttpRequest, segredo: str) -> HttpResponse:
    """The page of the link mailed to the new address. Opening it consumes nothing."""
    troca = troca_de_email.abrir_link(segredo)
    if troca is None or (request.method != "POST" and troca.confirmada_em is not None):
        return sem_rastro(render(request, "contas/confirmar_email_sem_uso.html", status=410))
    if request.method == "POST":
        try:
            troca_de_email.confirmar(troca, origem(request))
        except troca_de_email.LinkSemUso:
            return sem_rastro(render(request, "contas/confirmar_email_sem_uso.html", status=410))
        messages.success(request, "Seu e-mail foi confirmado. Ele já é o da sua conta.")
        return sem_rastro(redirect("minha_conta"))
    return sem_rastro(render(request, "contas/confirmar_email.html", {"troca": troca}))
