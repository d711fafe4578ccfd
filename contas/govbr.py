"""Sign-in by gov.br: it proves the CPF of an account that exists, and gives birth to none.

The proof activates an account that was brought from the legacy registry and has no password yet.
"""

import secrets
import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from requests import RequestException

from contas import ganchos
from contas.documentos_pessoais import limpar_cpf
from contas.models import Convite, Usuario
from contas.provider import ID

NIVEL = "govbr_nivel"
RECENTE = 5 * 60
_NIVEIS = {"bronze": "bronze", "silver": "prata", "gold": "ouro"}
_CODIGOS = {"cancelada": 200, "sem_conta": 200, "recusada": 400, "fora_do_ar": 503}


def oferecido() -> bool:
    """Tell whether this portal is configured for gov.br."""
    return bool(settings.GOVBR_ENDERECO)


def contexto(request: HttpRequest) -> dict[str, object]:
    """Tell every page whether to show the button."""
    return {"tem_govbr": oferecido()}


def ir(request: HttpRequest, volta: str | None) -> HttpResponse:
    """Send the person to gov.br, with a state, a nonce and a PKCE challenge of their own."""
    nonce = secrets.token_urlsafe(32)
    provedor = get_adapter().get_provider(request, ID)
    try:
        resposta: HttpResponse = provedor.redirect(
            request, AuthProcess.LOGIN, next_url=volta, auth_params={"nonce": nonce}, nonce=nonce
        )
    except RequestException:
        return sem_entrada(request, "fora_do_ar")
    return resposta


def sem_entrada(request: HttpRequest, motivo: str) -> HttpResponse:
    """Say why gov.br let nobody in, and the way out."""
    return render(request, "contas/govbr_sem_entrada.html", {"motivo": motivo}, status=_CODIGOS[motivo])


def entrou_ha_pouco(request: HttpRequest) -> bool:
    """Tell whether gov.br proved in the last five minutes who is in this session."""
    return any(
        registro.get("provider") == ID and time.time() - registro["at"] < RECENTE
        for registro in get_authentication_records(request, request.user)
    )


@transaction.atomic
def ativar(usuario: Usuario) -> None:
    """Close the invitations to a first password of an account whose owner gov.br has proved.

    A link that still waits in some mailbox must not set the password of an account in use; who wants a password
    asks for it under "Esqueci a senha".
    """
    abertos = Convite.objects.filter(usuario=usuario, usado_em=None)
    for convite in abertos.exclude(motivo=Convite.Motivo.RECUPERACAO).select_for_update():
        convite.usado_em = timezone.now()
        convite.save(update_fields=["usado_em"])
        for gancho in ganchos.ao_ativar:
            gancho(usuario, convite)


class AdaptadorSocial(DefaultSocialAccountAdapter):
    """Finds the account by CPF. Nothing that gov.br tells is stored: neither name nor e-mail overwrite ours."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Point the login at the account. Raises ImmediateHttpResponse when there is none."""
        dito = sociallogin.account.extra_data.get("nonce") or ""
        if not constant_time_compare(str(dito), sociallogin.state.get("nonce", "")):
            raise ImmediateHttpResponse(sem_entrada(request, "recusada"))
        sociallogin.user = Usuario.objects.filter(cpf=limpar_cpf(sociallogin.account.uid)).first()
        if sociallogin.user is None:
            raise ImmediateHttpResponse(sem_entrada(request, "sem_conta"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer with our own page, in the place of allauth's."""
        motivo = "cancelada" if error == AuthError.CANCELLED else "recusada"
        if isinstance(exception, RequestException):
            motivo = "fora_do_ar"
        raise ImmediateHttpResponse(sem_entrada(request, motivo))


@receiver(user_logged_in)
def _entrou(request: HttpRequest, user: Usuario, **sinal: Any) -> None:
    """After every factor: keep the level of the gov.br account with the session, and activate."""
    login = sinal.get("sociallogin")
    if login is None:
        return
    confiabilidade = login.account.extra_data.get("reliability_info")
    nivel = confiabilidade.get("level") if isinstance(confiabilidade, dict) else None
    request.session[NIVEL] = _NIVEIS.get(str(nivel).lower(), "")
    ativar(user)
