"""The mailbox page shows the codes of the fictional team, and of nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas, fatores

pytestmark = pytest.mark.django_db


@pytest.fixture
def da_demonstracao() -> str:
    """A member of the fictional team; returns the code of the telephone."""
    pessoa = fabricas.usuario(
        is_staff=True, email="helena@demonstracao.example", nome_civil="Helena Fictícia"
    )
    fator = fatores.aplicativo(pessoa)
    assert fator is not None
    return fatores.codigo_atual(fator)[0]


def codigos(client: Client) -> str:
    return client.get(reverse("caixa_postal")).content.decode()


def test_the_code_that_the_telephone_shows_is_on_the_page(
    client: Client, settings: Any, da_demonstracao: str
) -> None:
    settings.DEMONSTRACAO = True
    assert da_demonstracao in codigos(client)


def test_a_real_team_and_registrants_are_not_shown(client: Client, settings: Any) -> None:
    settings.DEMONSTRACAO = True
    fabricas.usuario(is_staff=True, email="ana@example.org")
    fabricas.usuario(email="marta@demonstracao.example")
    assert "Celular da equipe" not in codigos(client)


def test_without_a_demonstration_nothing_is_shown(client: Client, da_demonstracao: str) -> None:
    assert "Celular da equipe" not in codigos(client)
