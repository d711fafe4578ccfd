"""The security log of a person: one row, and for what weighs one mail, in the transaction of its cause."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest

from cagec.correio.fila import enfileirar
from contas.limites import endereco_ip
from contas.models import EventoDeSeguranca, Usuario

Tipo = EventoDeSeguranca.Tipo
AVISADOS = frozenset(
    {
        Tipo.FATOR_ATIVADO,
        Tipo.FATOR_REMOVIDO,
        Tipo.CODIGOS_GERADOS,
        Tipo.CODIGO_USADO,
        Tipo.SENHA_DEFINIDA,
        Tipo.SENHA_ALTERADA,
    }
)
_BLOQUEIO_SEGUNDOS = 300  # as ACCOUNT_RATE_LIMITS["login_failed"]


@dataclass(frozen=True)
class Origem:
    """From where somebody acts."""

    ip: str | None
    navegador: str


def origem(request: HttpRequest) -> Origem:
    """Return from where somebody asks, as seen through the trusted proxies."""
    return Origem(endereco_ip(request), request.META.get("HTTP_USER_AGENT", "")[:300])


def registrar(
    tipo: EventoDeSeguranca.Tipo,
    usuario: Usuario | None,
    de: Origem,
    *,
    avisar: bool | None = None,
    **dados: Any,
) -> EventoDeSeguranca:
    """Write the event and queue its mail, which the kind decides unless ``avisar`` does.

    Raises ProgrammingError when a mail is due and no transaction is open.
    """
    evento = EventoDeSeguranca.objects.create(
        tipo=tipo, usuario=usuario, ip=de.ip, navegador=de.navegador, dados=dados
    )
    if usuario is not None and (tipo in AVISADOS if avisar is None else avisar):
        contexto = {"evento": evento.pk}
        enfileirar(f"seguranca:{evento.pk}", "contas.seguranca", usuario.email, contexto, usuario=usuario)
    return evento


def da_pessoa(usuario: Usuario) -> QuerySet[EventoDeSeguranca]:
    """Return what happened to the access of a person, newest first."""
    return EventoDeSeguranca.objects.filter(usuario=usuario)


def bloquear(cpf: str, de: Origem) -> None:
    """Log that too many wrong passwords blocked a CPF: once while it lasts, however many tries follow."""
    if cache.add(_bloqueio(cpf), True, timeout=_BLOQUEIO_SEGUNDOS):
        registrar(Tipo.BLOQUEADO, Usuario.objects.filter(cpf=cpf).first(), de)


def desbloquear(usuario: Usuario, de: Origem) -> None:
    """Log that the person got in again by the mailed link, if the CPF was blocked."""
    if cache.delete(_bloqueio(usuario.cpf)):
        registrar(Tipo.DESBLOQUEADO, usuario, de)


def _bloqueio(cpf: str) -> str:
    return f"bloqueio:{cpf}"
