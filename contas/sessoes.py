"""Sessions: 60 minutes without use, 12 hours in all (ASVS 7.3), each ended by its owner or by the team.

Whoever has not signed in has nothing to lose to a stranger, and may have a form kept (docs/decisoes/0012): their
session has the twelve hours only.

The session engine of the portal: Django's, with a row that says whose it is, from where and since when.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as SessaoDoDjango
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from contas.models import Sessao, Usuario
from contas.seguranca import Origem, Tipo, origem, registrar

SEM_USO = timedelta(minutes=60)
NO_TOTAL = timedelta(hours=12)
_ANOTAR_A_CADA = timedelta(minutes=1)
_REGISTRO, _VISTA = "registro", "vista"


class SessionStore(SessaoDoDjango):
    """Keeps beside the data what the list of own sessions shows."""

    @classmethod
    def get_model_class(cls) -> type[Sessao]:
        return Sessao

    def create_model_instance(self, data: dict[str, Any]) -> Sessao:
        sessao = super().create_model_instance(data)
        assert isinstance(sessao, Sessao)
        registro = data.get(_REGISTRO)
        if registro and SESSION_KEY in data:
            sessao.uuid = UUID(registro["uuid"])
            sessao.usuario_id = int(data[SESSION_KEY])
            sessao.aberta_em = datetime.fromisoformat(registro["aberta_em"])
            sessao.ip, sessao.navegador = registro["ip"], registro["navegador"]
        return sessao

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return until when the session lasts if nobody uses it from now on."""
        agora, registro = timezone.now(), self.get(_REGISTRO)
        if registro is None:
            return agora + NO_TOTAL
        return min(agora + SEM_USO, datetime.fromisoformat(registro["aberta_em"]) + NO_TOTAL)


def abrir(request: HttpRequest) -> None:
    """Begin the twelve hours of who has just signed in."""
    de = origem(request)
    request.session[_REGISTRO] = {
        "uuid": str(uuid4()),
        "aberta_em": timezone.now().isoformat(),
        "ip": de.ip,
        "navegador": de.navegador,
    }


def usar(request: HttpRequest) -> None:
    """Begin the sixty minutes again. Written once a minute at most."""
    agora = timezone.now()
    vista = request.session.get(_VISTA)
    if vista is None or datetime.fromisoformat(vista) + _ANOTAR_A_CADA < agora:
        request.session[_VISTA] = agora.isoformat()


def restam(request: HttpRequest) -> int:
    """Return for how many seconds the session lasts if nobody uses it any more."""
    if request.session.modified:
        fim = request.session.get_expiry_date()
    else:
        fim = Sessao.objects.values_list("expire_date", flat=True).get(pk=request.session.session_key)
    return max(0, int((fim - timezone.now()).total_seconds()))


def restariam(request: HttpRequest) -> int:
    """Return how many seconds the session would have if somebody used it now."""
    return max(0, int((request.session.get_expiry_date() - timezone.now()).total_seconds()))


def abertas(usuario: Usuario) -> QuerySet[Sessao]:
    """Return the open sessions of a person, the last used first."""
    return Sessao.objects.filter(usuario=usuario, expire_date__gt=timezone.now()).order_by("-vista_em")


def outras(usuario: Usuario, esta: str | None) -> QuerySet[Sessao]:
    """Return the open sessions of a person but the one whose key is ``esta``."""
    return abertas(usuario).exclude(pk=esta)


@transaction.atomic
def encerrar(
    sessoes: QuerySet[Sessao],
    usuario: Usuario,
    de: Origem,
    por: Usuario | None = None,
) -> int:
    """End sessions of ``usuario`` at once, log it, and return how many. ``por``: who of the team did it."""
    quantas, _ = sessoes.delete()
    if quantas:
        quem = por.nome if por else ""
        registrar(Tipo.SESSOES_ENCERRADAS, usuario, de, quantas=quantas, pela_equipe=quem)
    return quantas
