"""What this app hears of Django and allauth, in the transaction of the cause, and tells every page."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from cagec import contexto
from contas import fatores, sessoes
from contas.models import Usuario
from contas.seguranca import Tipo, origem, registrar


@receiver(user_logged_in)
def ao_entrar(request: HttpRequest, **_: Any) -> None:
    """Begin the session's row."""
    sessoes.abrir(request)


@receiver(authenticator_used)
def ao_usar_fator(request: HttpRequest, user: Usuario, authenticator: Authenticator, **_: Any) -> None:
    """Log and mail that a recovery code was spent, and keep the secret under today's key."""
    fatores.renovar_segredo(authenticator)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        registrar(Tipo.CODIGO_USADO, user, origem(request))


@receiver(authentication_failed)
def ao_errar_codigo(request: HttpRequest, user: Usuario, **_: Any) -> None:
    """Log a wrong code: whoever typed it knew the password."""
    registrar(Tipo.CODIGO_ERRADO, user, origem(request))


def segundos_da_sessao(request: HttpRequest) -> dict[str, object]:
    """Give every page of a signed-in person the seconds after which the session ends."""
    usuario = getattr(request, "user", None)
    dentro = usuario is not None and usuario.is_authenticated
    return {"sessao_segundos": sessoes.restariam(request) if dentro else None}


contexto.fontes.append(segundos_da_sessao)
