"""Links: made and ended with who, when and why."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import vinculos
from convenentes.models import EventoVinculo, PapelVinculo, Vinculo
from tests.convenentes import mundo

pytestmark = pytest.mark.django_db
ONTEM, AMANHA = hoje() - timedelta(days=1), hoje() + timedelta(days=1)


def _representante(inicio: date, ultimo_dia: date | None = None) -> Vinculo:
    pessoa = usuario()
    return vinculos.ligar(
        pessoa,
        mundo.convenente(),
        PapelVinculo.REPRESENTANTE,
        por=pessoa,
        inicio=inicio,
        ultimo_dia=ultimo_dia,
        motivo="posse",
    )


def test_a_link_says_who_made_it_and_why() -> None:
    vinculo = _representante(ONTEM)
    evento = vinculo.eventos.get()
    assert (evento.tipo, evento.por, evento.motivo) == (
        EventoVinculo.Tipo.LIGADO,
        vinculo.usuario,
        "posse",
    )
    assert Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()


def test_the_last_day_of_a_link_counts() -> None:
    vinculo = _representante(ONTEM, hoje())
    assert Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()
    assert not Vinculo.objects.vigentes(AMANHA).filter(pk=vinculo.pk).exists()


def test_an_ended_link_stays_in_the_history_and_acts_no_more() -> None:
    vinculo = _representante(ONTEM)
    encerrado = vinculos.encerrar(vinculo, por=vinculo.usuario, desde=hoje(), motivo="renúncia")
    assert not Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()
    assert Vinculo.objects.vigentes(ONTEM).filter(pk=vinculo.pk).exists()
    assert list(encerrado.eventos.values_list("tipo", "motivo")) == [
        ("ligado", "posse"),
        ("encerrado", "renúncia"),
    ]


def test_a_link_made_today_can_end_today_and_begin_again() -> None:
    vinculo = _representante(hoje())
    vinculos.encerrar(vinculo, por=None, desde=hoje())
    assert not Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()
    outro = vinculos.ligar(
        vinculo.usuario, vinculo.convenente, PapelVinculo.REPRESENTANTE, por=None, inicio=hoje()
    )
    assert Vinculo.objects.vigentes(hoje()).filter(pk=outro.pk).exists()


def test_ending_never_lengthens_a_link() -> None:
    vinculo = _representante(ONTEM, hoje())
    igual = vinculos.encerrar(vinculo, por=None, desde=AMANHA + timedelta(days=30))
    assert igual.periodo.upper == AMANHA
    assert igual.eventos.count() == 1


def test_two_representatives_never_share_a_day() -> None:
    vinculo = _representante(ONTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        vinculos.ligar(usuario(), vinculo.convenente, PapelVinculo.REPRESENTANTE, por=None, inicio=AMANHA)
