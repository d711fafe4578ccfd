"""By when the team answers: two or five working days."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from atendimento.models import Categoria, DiaSemExpediente
from atendimento.prazos import dia_util, prazo
from contas.models import EventoDeSeguranca, Usuario

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("categoria", "desde", "ate"),
    [
        (Categoria.ACESSO, date(2026, 11, 23), date(2026, 11, 25)),
        (Categoria.ACESSO, date(2026, 11, 26), date(2026, 11, 30)),  # a weekend between
        (Categoria.DOCUMENTOS, date(2026, 11, 23), date(2026, 11, 30)),
        (Categoria.DOCUMENTOS, date(2026, 11, 28), date(2026, 12, 4)),  # asked on a Saturday
        (Categoria.ACESSO, date(2026, 12, 24), date(2026, 12, 29)),  # Christmas and a weekend between
        (Categoria.ACESSO, date(2027, 2, 5), date(2027, 2, 11)),  # Carnaval between
    ],
)
def test_the_deadline_counts_the_days_that_the_office_works(categoria: str, desde: date, ate: date) -> None:
    assert prazo(categoria, desde) == ate


def test_nobody_works_on_a_sunday_or_on_the_day_of_the_republic() -> None:
    assert not dia_util(date(2026, 11, 29))
    assert not dia_util(date(2027, 11, 15))
    assert dia_util(date(2026, 11, 30))


@pytest.mark.parametrize(
    "dia",
    [
        pytest.param(date(2027, 2, 8), id="monday of Carnaval"),
        pytest.param(date(2027, 2, 9), id="tuesday of Carnaval"),
        pytest.param(date(2027, 3, 26), id="Sexta-feira Santa"),
        pytest.param(date(2027, 4, 21), id="Tiradentes, also Minas's date"),
        pytest.param(date(2027, 5, 27), id="Corpus Christi"),
        pytest.param(date(2029, 3, 30), id="Sexta-feira Santa of another year"),
    ],
)
def test_nobody_works_on_the_days_that_move_with_easter_nor_on_the_day_of_minas(dia: date) -> None:
    assert not dia_util(dia)
    assert dia_util(dia + timedelta(days=7)), "a week later is a working day"


def test_ash_wednesday_and_holy_thursday_are_working_days() -> None:
    assert dia_util(date(2027, 2, 10))
    assert dia_util(date(2027, 3, 25))


def test_a_day_off_that_the_team_wrote_does_not_count(client: Client, atendente: Usuario) -> None:
    client.force_login(atendente, backend="allauth.account.auth_backends.AuthenticationBackend")
    EventoDeSeguranca.objects.create(tipo=EventoDeSeguranca.Tipo.ENTROU, usuario=atendente)
    endereco = reverse("admin:atendimento_diasemexpediente_add")
    client.post(endereco, {"dia": "2026-12-08", "motivo": "Imaculada Conceição, em Belo Horizonte"})
    assert DiaSemExpediente.objects.count() == 1
    assert prazo(Categoria.ACESSO, date(2026, 12, 7)) == date(2026, 12, 10)
