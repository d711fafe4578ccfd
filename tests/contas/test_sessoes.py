"""How long a session lasts, and how the page warns before it ends."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import fabricas, sessoes
from contas.models import Sessao
from contas.tasks import limpar_sessoes
from tests.sessao_parada import parar

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente(client: Client) -> Client:
    """A browser with somebody in."""
    client.force_login(fabricas.usuario())
    client.get(reverse("painel"))
    return client


def linha(cliente: Client) -> Sessao:
    return Sessao.objects.get(pk=cliente.session.session_key)


def restam(cliente: Client) -> tuple[int, int]:
    estado = cliente.get(reverse("sessao")).json()
    return estado["restam"], estado["restariam"]


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("minha_conta")).status_code == 200


def test_sixty_minutes_without_use_end_it(cliente: Client) -> None:
    parar(linha(cliente), timedelta(minutes=59))
    assert dentro(cliente)
    parar(linha(cliente), timedelta(minutes=60, seconds=1))
    assert not dentro(cliente)


def test_twelve_hours_end_it_however_much_it_is_used(cliente: Client) -> None:
    parar(linha(cliente), timedelta(minutes=5), desde_a_entrada=timedelta(hours=11, minutes=58))
    assert dentro(cliente)
    um, outro = restam(cliente)
    assert 100 < um == outro <= 120


def test_who_has_not_signed_in_has_twelve_hours_and_no_limit_of_use(client: Client) -> None:
    sessao = client.session
    sessao["lembrado"] = True
    sessao.save()
    assert linha(client).usuario is None
    dura = linha(client).expire_date - timezone.now()
    assert sessoes.NO_TOTAL - timedelta(minutes=1) < dura <= sessoes.NO_TOTAL


def test_the_page_carries_what_the_warning_needs_and_says_the_limit_without_it(cliente: Client) -> None:
    pagina = cliente.get(reverse("painel")).content.decode()
    achado = re.search(r'data-sessao-segundos="(\d+)" data-sessao="(\S+)" data-manter="(\S+)"', pagina)
    assert achado is not None
    assert 3590 < int(achado[1]) <= 3600
    assert achado.groups()[1:] == (reverse("sessao"), reverse("manter_sessao"))
    assert "a sessão termina depois de 60 minutos sem uso" in pagina
    assert '<script type="module" src="/static/js/sessao.js">' in pagina


def test_the_desk_warns_too_and_a_visitor_is_not_bothered(client: Client) -> None:
    assert "data-sessao" not in client.get(reverse("inicio")).content.decode()
    client.force_login(fabricas.usuario(is_staff=True, is_superuser=True))
    assert "data-sessao-segundos" in client.get(reverse("admin:index")).content.decode()


def test_asking_how_much_is_left_makes_it_no_longer_and_going_on_does(cliente: Client) -> None:
    parar(linha(cliente), timedelta(minutes=57))
    for _ in range(2):
        um, outro = restam(cliente)
        assert um <= 180
        assert outro > 3590
    assert cliente.post(reverse("manter_sessao")).json()["restam"] > 3590
    assert restam(cliente)[0] > 3590


def test_a_session_that_is_over_is_said_to_be_over(cliente: Client) -> None:
    parar(linha(cliente), timedelta(minutes=61))
    assert restam(cliente) == (0, 0)
    assert cliente.post(reverse("manter_sessao")).json() == {"restam": 0, "restariam": 0}


def test_rows_of_sessions_that_are_over_go_away_and_the_others_stay(cliente: Client) -> None:
    outro = Client()
    outro.force_login(fabricas.usuario())
    parar(linha(cliente), timedelta(minutes=61))
    limpar_sessoes()
    assert list(Sessao.objects.all()) == [linha(outro)]
