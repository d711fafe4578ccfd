"""The second factor: an application that gives codes, keys of access (passkeys) and recovery codes.

Optional for registrants, mandatory for the team (``contas.middleware``). allauth checks codes and keys and asks for
them at sign-in; what changes them is here, so that factor, event and mail are born in one transaction.
"""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet

from cagec.cifra import Ilegivel, cifrar, decifrar, renovar
from contas import sessoes
from contas.models import EventoDeSeguranca, Usuario
from contas.seguranca import Origem, Tipo, registrar

PERIODO_SEGUNDOS = 30
MAXIMO_DE_CHAVES = 10
APLICATIVO, CHAVE = "aplicativo de códigos", "chave de acesso"
_PRAZO_PARA_ATIVAR = 60 * 60
_CIFRADOS = (
    "secret",
    "seed",
)  # of the application and of the recovery codes; a key of access has no secret here
_DE_ENTRADA = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class UltimoFator(Exception):
    """Who is of the team keeps at least one factor."""


class ChavesDemais(Exception):
    """The person has all the keys that one may have."""


def do_usuario(usuario: Usuario) -> QuerySet[Authenticator]:
    """Return the factors of a person, recovery codes included."""
    fatores: QuerySet[Authenticator] = Authenticator.objects.filter(user=usuario)
    return fatores


def protegido(usuario: Usuario) -> bool:
    """Tell whether signing in as this person takes a second factor. One query."""
    return bool(do_usuario(usuario).filter(type__in=_DE_ENTRADA).exists())


def aplicativo(usuario: Usuario) -> Authenticator | None:
    """Return the application of the person."""
    return do_usuario(usuario).filter(type=Authenticator.Type.TOTP).first()


def chaves(usuario: Usuario) -> QuerySet[Authenticator]:
    """Return the keys of access of the person, oldest first."""
    return do_usuario(usuario).filter(type=Authenticator.Type.WEBAUTHN).order_by("created_at")


def codigos_restantes(usuario: Usuario) -> int:
    """Return how many recovery codes were not used yet. Those whose key is gone are good for nothing."""
    codigos = do_usuario(usuario).filter(type=Authenticator.Type.RECOVERY_CODES).first()
    try:
        return len(codigos.wrap().get_unused_codes()) if codigos else 0
    except Ilegivel:
        return 0


def nova_semente(usuario: Usuario) -> str:
    """Return a secret for an application, sealed for this person: the form carries it until the code proves it."""
    return cifrar(f"{usuario.uuid}:{generate_totp_secret()}")


def abrir_semente(usuario: Usuario, selada: str) -> str:
    """Return the secret that ``nova_semente`` sealed in the last hour. Raises Ilegivel."""
    dono, _, segredo = decifrar(selada, validade=_PRAZO_PARA_ATIVAR).partition(":")
    if dono != str(usuario.uuid):
        raise Ilegivel
    return segredo


@transaction.atomic
def ativar_aplicativo(usuario: Usuario, segredo: str, de: Origem, *, sessao: str | None) -> list[str]:
    """Make the application that has ``segredo`` the person's factor, in place of an older one.

    Sessions that began before the first factor end, but the one whose key is ``sessao``. Returns the recovery codes
    to show when they are new; a double click gets the same.
    """
    _travar(usuario)
    anterior = aplicativo(usuario)
    if anterior is not None and _segredo(anterior) == segredo:
        return _codigos(usuario).get_unused_codes()  # type: ignore[no-any-return]
    _proteger(usuario, sessao, de)
    if anterior is not None:
        anterior.delete()
    TOTP.activate(usuario, segredo)
    registrar(Tipo.FATOR_ATIVADO, usuario, de, fator=APLICATIVO)
    return _codigos_novos(usuario)


@transaction.atomic
def adicionar_chave(
    usuario: Usuario, nome: str, credencial: dict[str, Any], de: Origem, *, sessao: str | None
) -> list[str]:
    """Add a key of access, as ``ativar_aplicativo`` does an application. Raises ChavesDemais."""
    _travar(usuario)
    if chaves(usuario).filter(data__credential__id=credencial["id"]).exists():
        return _codigos(usuario).get_unused_codes()  # type: ignore[no-any-return]
    if chaves(usuario).count() >= MAXIMO_DE_CHAVES:
        raise ChavesDemais
    _proteger(usuario, sessao, de)
    WebAuthn.add(usuario, nome, credencial)
    registrar(Tipo.FATOR_ATIVADO, usuario, de, fator=CHAVE, nome=nome)
    return _codigos_novos(usuario)


@transaction.atomic
def remover(usuario: Usuario, fator: Authenticator, de: Origem) -> None:
    """Take a factor away; recovery codes go with the last one. Raises UltimoFator for the team."""
    _travar(usuario)
    restam = do_usuario(usuario).filter(type__in=_DE_ENTRADA).exclude(pk=fator.pk)
    if usuario.is_staff and not restam.exists():
        raise UltimoFator
    if not restam.exists():
        do_usuario(usuario).exclude(pk=fator.pk).delete()
    quantos, _ = do_usuario(usuario).filter(pk=fator.pk).delete()
    if quantos:
        e_chave = fator.type == Authenticator.Type.WEBAUTHN
        registrar(Tipo.FATOR_REMOVIDO, usuario, de, fator=CHAVE if e_chave else APLICATIVO)


@transaction.atomic
def retirar_todos(usuario: Usuario, de: Origem, *, por: str) -> EventoDeSeguranca | None:
    """Take every factor away, by decision of ``por``: the telephone is lost and so are the codes.

    Returns the event, if there was anything to take away.
    """
    _travar(usuario)
    quantos, _ = do_usuario(usuario).delete()
    if not quantos:
        return None
    return registrar(Tipo.FATOR_REMOVIDO, usuario, de, fator="todos", pela_equipe=por)


@transaction.atomic
def gerar_codigos(usuario: Usuario, de: Origem) -> list[str]:
    """Make ten new recovery codes; the old ones die."""
    _travar(usuario)
    do_usuario(usuario).filter(type=Authenticator.Type.RECOVERY_CODES).delete()
    registrar(Tipo.CODIGOS_GERADOS, usuario, de)
    return _codigos_novos(usuario)


@transaction.atomic
def renovar_segredo(fator: Authenticator) -> None:
    """Bring the secret of a factor that was just used under today's key, so that the former one can be retired."""
    travado = Authenticator.objects.select_for_update().get(pk=fator.pk)
    renovados = {nome: renovar(travado.data[nome]) for nome in _CIFRADOS if nome in travado.data}
    if travado.data != travado.data | renovados:
        travado.data |= renovados
        travado.save(update_fields=["data"])


def codigo_atual(fator: Authenticator) -> tuple[str, int]:
    """Return the code that the application shows now, and for how many seconds more."""
    agora = int(time.time())
    codigo: str = format_hotp_value(hotp_value(_segredo(fator), agora // PERIODO_SEGUNDOS))
    return codigo, PERIODO_SEGUNDOS - agora % PERIODO_SEGUNDOS


def _segredo(fator: Authenticator) -> str:
    segredo: str = get_adapter().decrypt(fator.data["secret"])
    return segredo


def _codigos(usuario: Usuario) -> Any:
    return RecoveryCodes.activate(usuario)


def _codigos_novos(usuario: Usuario) -> list[str]:
    """Return the recovery codes if they did not exist yet."""
    if do_usuario(usuario).filter(type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codigos: list[str] = _codigos(usuario).get_unused_codes()
    return codigos


def _proteger(usuario: Usuario, sessao: str | None, de: Origem) -> None:
    """End the other sessions when this is the first factor: none of them has passed it."""
    if not protegido(usuario):
        sessoes.encerrar(sessoes.outras(usuario, sessao), usuario, de)


def _travar(usuario: Usuario) -> None:
    Usuario.objects.select_for_update().get(pk=usuario.pk)
