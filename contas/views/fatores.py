"""The second factor: an application, keys of access, recovery codes. Each change asks for the password again."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cagec.cifra import Ilegivel
from contas import fatores
from contas.forms_fatores import AtivarAplicativoForm, ChaveForm
from contas.models import Usuario
from contas.seguranca import origem
from contas.views.comum import confirmada, pessoa


@confirmada
@require_http_methods(["GET", "HEAD", "POST"])
def ativar_aplicativo(request: HttpRequest) -> HttpResponse:
    """Show the QR code and the key; the code that the application shows proves that it has them."""
    usuario = pessoa(request)
    semente = request.POST.get("semente", "")
    try:
        segredo = fatores.abrir_semente(usuario, semente)
    except Ilegivel:
        semente = fatores.nova_semente(usuario)
        segredo = fatores.abrir_semente(usuario, semente)
    form = AtivarAplicativoForm(request.POST if request.method == "POST" else None, segredo=segredo)
    if request.method == "POST" and form.is_valid():
        sessao = request.session.session_key
        codigos = fatores.ativar_aplicativo(usuario, segredo, origem(request), sessao=sessao)
        return _ativado(request, codigos)
    endereco = get_adapter().build_totp_url(usuario, segredo)
    contexto = {
        "form": form,
        "semente": semente,
        "endereco": endereco,
        "qr": get_adapter().build_totp_svg(endereco),
        "segredo": [segredo[n : n + 4] for n in range(0, len(segredo), 4)],
        "obrigatorio": usuario.is_staff and not fatores.protegido(usuario),
    }
    return render(request, "contas/ativar_aplicativo.html", contexto)


@confirmada
@require_http_methods(["GET", "HEAD", "POST"])
def adicionar_chave(request: HttpRequest) -> HttpResponse:
    """Register a key of access, which takes JavaScript: the browser itself speaks with the key."""
    usuario = pessoa(request)
    form = ChaveForm(request.POST if request.method == "POST" else None, user=usuario)
    if request.method == "POST" and form.is_valid():
        nome, credencial = form.cleaned_data["name"], form.cleaned_data["credential"]
        sessao = request.session.session_key
        try:
            codigos = fatores.adicionar_chave(usuario, nome, credencial, origem(request), sessao=sessao)
        except fatores.ChavesDemais:
            messages.error(request, "Você já tem dez chaves. Remova uma antes de cadastrar outra.")
            return redirect("seguranca")
        return _ativado(request, codigos)
    opcoes = begin_registration(usuario, False)
    return render(request, "contas/adicionar_chave.html", {"form": form, "opcoes": opcoes})


@confirmada
@require_http_methods(["GET", "HEAD", "POST"])
def remover_fator(request: HttpRequest, qual: str) -> HttpResponse:
    """Ask whether to take a factor away, and do it."""
    usuario = pessoa(request)
    fator = _fator(usuario, qual)
    if request.method == "POST":
        try:
            fatores.remover(usuario, fator, origem(request))
        except fatores.UltimoFator:
            messages.error(request, "Quem é da equipe precisa de um segundo fator. Cadastre outro antes.")
        else:
            messages.success(request, "O segundo fator foi removido.")
        return redirect("seguranca")
    return render(request, "contas/remover_fator.html", {"fator": fator, "e_chave": qual != "aplicativo"})


@confirmada
@require_http_methods(["GET", "HEAD", "POST"])
def codigos_de_recuperacao(request: HttpRequest) -> HttpResponse:
    """Say how many are left, and make new ones, which are shown this once."""
    usuario = pessoa(request)
    if not fatores.protegido(usuario):
        return redirect("ativar_aplicativo")
    if request.method == "POST":
        return _mostrar(request, fatores.gerar_codigos(usuario, origem(request)))
    contexto = {"restam": fatores.codigos_restantes(usuario)}
    return render(request, "contas/codigos_de_recuperacao.html", contexto)


def _fator(usuario: Usuario, qual: str) -> Authenticator:
    """Return the application or the key whose public id is ``qual``. Raises Http404."""
    if qual == "aplicativo":
        fator = fatores.aplicativo(usuario)
    else:
        fator = fatores.chaves(usuario).filter(data__credential__id=qual).first()
    if fator is None:
        raise Http404
    return fator


def _ativado(request: HttpRequest, codigos: list[str]) -> HttpResponse:
    if codigos:
        return _mostrar(request, codigos)
    messages.success(
        request, "O segundo fator está ativo. Na próxima entrada ele será pedido depois da senha."
    )
    return redirect("seguranca")


def _mostrar(request: HttpRequest, codigos: list[str]) -> HttpResponse:
    """Show the recovery codes, once: the answer of a POST is kept nowhere."""
    arquivo = "Códigos de recuperação do Portal CAGEC (cada um vale uma vez)\n\n" + "\n".join(codigos) + "\n"
    return render(request, "contas/codigos_novos.html", {"codigos": codigos, "arquivo": arquivo})
