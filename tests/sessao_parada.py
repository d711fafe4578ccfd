"""Time that passes for a session without any request: what is written in its row moves into the past."""

from datetime import timedelta

from django.utils import timezone

from contas.models import Sessao
from contas.sessoes import SEM_USO, SessionStore


def parar(sessao: Sessao, quanto: timedelta, *, desde_a_entrada: timedelta | None = None) -> None:
    """Let ``quanto`` pass since the last use of the session, and ``desde_a_entrada``, or as much, since it began."""
    agora, dados = timezone.now(), SessionStore(sessao.pk)
    dados["vista"] = (agora - quanto).isoformat()
    dados["registro"] |= {"aberta_em": (agora - (desde_a_entrada or quanto)).isoformat()}
    dados.save()
    Sessao.objects.filter(pk=sessao.pk).update(expire_date=agora + SEM_USO - quanto)


def parar_de(cpf: str, minutos: int) -> None:
    """Let the minutes pass for the sessions of a person: for journeys, through ``manage.py shell``."""
    for sessao in Sessao.objects.filter(usuario__cpf=cpf):
        parar(sessao, timedelta(minutes=minutos))
