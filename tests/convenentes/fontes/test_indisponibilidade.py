"""The team says that a register is out, from when to when and why; it never clears anybody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contas.fabricas import usuario
from contas.models import Usuario
from convenentes.fontes import indisponibilidade
from convenentes.models import Fonte, IndisponibilidadeFonte
from tests.convenentes.fontes.arquivos import DIA

pytestmark = pytest.mark.django_db

UM_DIA = timedelta(days=1)


@pytest.fixture
def analista() -> Usuario:
    return usuario()


@pytest.fixture
def cadin() -> Fonte:
    return Fonte.objects.get(codigo="cadin_mg")


def declarar(analista: Usuario, *fontes: Fonte, de=DIA, ate=DIA + 2 * UM_DIA) -> list[IndisponibilidadeFonte]:
    return indisponibilidade.declarar(fontes, de, ate, "Manutenção na SEF", analista, DIA)


def test_it_keeps_who_declared_it_for_each_register_and_why(analista: Usuario, cadin: Fonte) -> None:
    siafi = Fonte.objects.get(codigo="siafi_mg")
    declaradas = declarar(analista, cadin, siafi)
    assert [d.fonte for d in declaradas] == [cadin, siafi]
    assert {(d.declarada_por, d.motivo, d.ate) for d in declaradas} == {
        (analista, "Manutenção na SEF", DIA + 2 * UM_DIA)
    }


def test_it_may_begin_in_the_past_but_not_in_the_future(analista: Usuario, cadin: Fonte) -> None:
    with pytest.raises(ValidationError, match="começa hoje ou já começou"):
        declarar(analista, cadin, de=DIA + UM_DIA)
    assert declarar(analista, cadin, de=DIA - 5 * UM_DIA)


def test_it_does_not_end_before_it_begins(analista: Usuario, cadin: Fonte) -> None:
    with pytest.raises(ValidationError, match="não pode vir antes"):
        declarar(analista, cadin, ate=DIA - UM_DIA)
    with pytest.raises(IntegrityError, match="termina_depois_de_comecar"), transaction.atomic():
        IndisponibilidadeFonte.objects.create(
            fonte=cadin, de=DIA, ate=DIA - UM_DIA, declarada_ate=DIA, motivo="x", declarada_por=analista
        )


def test_it_lasts_thirty_days_at_most(analista: Usuario, cadin: Fonte) -> None:
    with pytest.raises(ValidationError, match="no máximo 30 dias"):
        declarar(analista, cadin, ate=DIA + 30 * UM_DIA)
    assert declarar(analista, cadin, ate=DIA + 29 * UM_DIA)


def test_a_day_is_declared_once_for_each_register(analista: Usuario, cadin: Fonte) -> None:
    declarar(analista, cadin)
    siafi = Fonte.objects.get(codigo="siafi_mg")
    with pytest.raises(ValidationError, match="já estão em outra indisponibilidade"):
        declarar(analista, siafi, cadin, ate=DIA)
    assert IndisponibilidadeFonte.objects.count() == 1


def test_a_register_that_is_back_ends_it_today(analista: Usuario, cadin: Fonte) -> None:
    (declarada,) = declarar(analista, cadin, de=DIA - UM_DIA)
    outro = usuario()
    encerrada = indisponibilidade.encerrar(declarada, outro, DIA)
    assert (encerrada.ate, encerrada.declarada_ate) == (DIA, DIA + 2 * UM_DIA)
    assert encerrada.encerrada_por == outro
    assert encerrada.encerrada_em is not None
    with pytest.raises(ValidationError, match="já terminou"):
        indisponibilidade.encerrar(encerrada, outro, DIA)


def test_one_that_is_over_cannot_be_ended(analista: Usuario, cadin: Fonte) -> None:
    (declarada,) = declarar(analista, cadin)
    with pytest.raises(ValidationError, match="já terminou"):
        indisponibilidade.encerrar(declarada, analista, DIA + 3 * UM_DIA)


def test_the_public_line_tells_it_on_its_days_without_the_free_text(analista: Usuario, cadin: Fonte) -> None:
    declarar(analista, cadin)
    frase = (
        "Fora do ar desde 24/11/2026, segundo a equipe CAGEC. "
        "Os dias até 26/11/2026 não contam na idade da consulta."
    )
    assert indisponibilidade.frases(DIA) == {"cadin_mg": frase}
    assert indisponibilidade.frases(DIA + 2 * UM_DIA) == {"cadin_mg": frase}
    assert indisponibilidade.frases(DIA + 3 * UM_DIA) == {}
    assert indisponibilidade.frases(DIA - UM_DIA) == {}
