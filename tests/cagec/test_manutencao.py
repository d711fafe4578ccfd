"""Maintenance closes the portal to all but the team."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client

from contas.fabricas import usuario
from contas.models import EventoDeSeguranca

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _em_manutencao() -> Iterator[None]:
    call_command("manutencao", "ligar")
    yield
    call_command("manutencao", "desligar")


def test_a_visitor_is_told_when_to_come_back(client: Client) -> None:
    resposta = client.get("/consulta/")
    assert (resposta.status_code, resposta["Retry-After"]) == (503, "600")
    assert "em manutenção" in resposta.content.decode()


def test_a_form_is_not_taken(client: Client) -> None:
    client.force_login(usuario(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/minha-conta/", {"telefone": "1"}).status_code == 503


def test_health_and_the_page_of_sign_in_stay(client: Client) -> None:
    assert client.get("/saude/").status_code == 200
    assert client.get("/entrar/").status_code == 200


def test_the_team_works_on(client: Client) -> None:
    pessoa = usuario(is_staff=True)
    EventoDeSeguranca.objects.create(tipo=EventoDeSeguranca.Tipo.ENTROU, usuario=pessoa)
    client.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/consulta/").status_code == 200


def test_the_portal_opens_again(client: Client) -> None:
    call_command("manutencao", "desligar")
    assert client.get("/consulta/").status_code == 200
