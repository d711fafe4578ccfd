"""A request whose author went silent: warned at five days, closed at seven, never without notice."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from atendimento import chamados, fabricas, mesa, silencio
from atendimento.models import Chamado
from cagec.correio.models import Mensagem
from cagec.tempo import hoje

pytestmark = pytest.mark.django_db
AVISO, FIM = "atendimento.silencio", "atendimento.encerrado"


@pytest.fixture
def respondido(atendente: Any) -> Chamado:
    chamado = fabricas.chamado()
    mesa.responder(chamado, atendente, "Tente de novo.", chave_envio=uuid4())
    return chamado


def passar(dias: int, *, vezes: int = 2) -> list[str]:
    """Let the task run on a day, more than once; return the kinds of mail it queued until now."""
    for _ in range(vezes):
        silencio.cuidar(hoje() + timedelta(days=dias))
    return list(Mensagem.objects.filter(tipo__in=(AVISO, FIM)).order_by("pk").values_list("tipo", flat=True))


def test_it_is_warned_once_then_closed_once(respondido: Chamado) -> None:
    assert passar(4) == []
    assert passar(5) == [AVISO]
    assert passar(6) == [AVISO]
    assert passar(7) == [AVISO, FIM]
    assert passar(9) == [AVISO, FIM]
    respondido.refresh_from_db()
    assert respondido.encerrado
    assert respondido.eventos.filter(tipo="encerrado_por_silencio", por=None).exists()


def test_after_missed_runs_the_notice_still_comes_two_days_before(respondido: Chamado) -> None:
    assert passar(30) == [AVISO]
    assert passar(31) == [AVISO]
    assert passar(32) == [AVISO, FIM]


def test_an_answer_starts_everything_again(respondido: Chamado) -> None:
    passar(5)
    chamados.escrever(respondido, fabricas.escrito(), None)
    assert passar(40) == [AVISO]
    respondido.refresh_from_db()
    assert not respondido.encerrado


def test_what_waits_for_the_team_is_never_closed(respondido: Chamado) -> None:
    outro = fabricas.chamado(assunto="Outro")
    passar(5)
    passar(90)
    outro.refresh_from_db()
    assert outro.estado == Chamado.Estado.ABERTO
