"""The page behind the link of an e-mail: it sets the password. Opening it consumes nothing."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cagec.tempo import hoje
from contas import convites
from contas.aceite import termo_vigente
from contas.forms import DefinirSenhaForm
from contas.limites import MENSAGEM, endereco_ip, permitido
from contas.models import Convite, Usuario

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _sem_rastro(resposta: HttpResponse) -> HttpResponse:
    """The address holds a secret: it must not leak in a referrer."""
    resposta["Referrer-Policy"] = "no-referrer"
    return resposta


@never_cache
@sensitive_post_parameters("senha", "repetir")
@require_http_methods(["GET", "HEAD", "POST"])
def definir_senha(request: HttpRequest, segredo: str) -> HttpResponse:
    """Set the password and accept the term; then the person is signed in."""
    convite = convites.convite_do_segredo(segredo)
    problema = _problema(convite)
    if convite is None or problema:
        contexto = {"problema": problema, "segredo": segredo, "convite": convite}
        return _sem_rastro(render(request, "contas/link_invalido.html", contexto, status=410 if convite else 404))
    form = DefinirSenhaForm(request.POST or None, usuario=_pessoa(convite))
    if form.is_bound and form.is_valid():
        return _sem_rastro(_concluir(request, convite, form.cleaned_data["senha"]))
    contexto = {"form": form, "convite": convite, "termo": termo_vigente(hoje())}
    return _sem_rastro(render(request, "contas/definir_senha.html", contexto))


def _problema(convite: Convite | None) -> str:
    if convite is None:
        return "desconhecido"
    if convite.usado_em is not None:
        return "usado"
    if convite.expira_em <= timezone.now():
        return "vencido"
    if convite.usuario is None and Usuario.objects.filter(cpf=convite.cpf).exists():
        return "cpf_ja_usado"
    return ""


def _pessoa(convite: Convite) -> Usuario:
    """The person as known so far, for the rules of the password."""
    return convite.usuario or Usuario(
        cpf=convite.cpf,
        nome_civil=convite.nome_civil,
        nome_social=convite.nome_social,
        email=convite.email,
    )


def _concluir(request: HttpRequest, convite: Convite, senha: str) -> HttpResponse:
    try:
        usuario = convites.definir_senha(
            convite, senha, ip=endereco_ip(request), navegador=request.headers.get("User-Agent", "")
        )
    except (convites.ConviteInvalido, convites.CpfJaUsado) as erro:
        problema = "cpf_ja_usado" if isinstance(erro, convites.CpfJaUsado) else "usado"
        return render(
            request, "contas/link_invalido.html", {"problema": problema, "segredo": "", "convite": convite}, status=410
        )
    get_adapter(request).desbloquear(request, usuario.cpf)
    login(request, usuario, backend=_BACKEND)
    messages.success(request, "Senha criada. Você já está no portal.")
    return redirect("admin:index" if usuario.is_staff else "painel")


@require_POST
def reenviar_link(request: HttpRequest, segredo: str) -> HttpResponse:
    """The form on the page of an expired link: a new link to the same address."""
    convite = convites.convite_do_segredo(segredo)
    if convite is not None:
        if not permitido(request, "reenviar", convite.cpf):
            messages.error(request, MENSAGEM)
            return _sem_rastro(redirect("definir_senha", segredo))
        convites.reenviar(convite)
    return _sem_rastro(redirect("novo_usuario_enviado"))
