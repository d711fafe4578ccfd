"""Lists of persons at the team's desk: in the order of the names shown, found with or without accents."""

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas
from contas.models import Usuario

pytestmark = pytest.mark.django_db
LISTA = "admin:contas_usuario_changelist"


@pytest.fixture
def equipe(client: Client) -> Client:
    """Somebody who may see every list, called Zuleica."""
    client.force_login(fabricas.usuario(nome_civil="Zuleica Chefe", is_staff=True, is_superuser=True))
    return client


def _listados(equipe: Client, **pedido: str) -> list[str]:
    return [pessoa.nome for pessoa in equipe.get(reverse(LISTA), pedido).context["cl"].result_list]


def test_accents_and_capitals_do_not_change_the_order(equipe: Client) -> None:
    nomes = ["Álvaro Reis", "Ana Reis", "ângela Reis", "Élcio Reis", "Ítalo Reis", "João Reis", "José Reis"]
    for nome in reversed(nomes):
        fabricas.usuario(nome_civil=nome)
    assert _listados(equipe) == [*nomes, "Zuleica Chefe"]


def test_who_uses_a_nome_social_stands_where_it_is_read(equipe: Client) -> None:
    fabricas.usuario(nome_civil="Abel Reis", nome_social="Mara Reis")
    fabricas.usuario(nome_civil="Bento Reis")
    assert _listados(equipe) == ["Bento Reis", "Mara Reis", "Zuleica Chefe"]


@pytest.mark.parametrize("pedido", ["joão", "JOAO", "Conceição", "conceicao"])
def test_a_person_is_found_with_or_without_accents(equipe: Client, pedido: str) -> None:
    fabricas.usuario(nome_civil="João da Conceição")
    assert _listados(equipe, q=pedido) == ["João da Conceição"]


def test_a_name_that_changes_moves(equipe: Client) -> None:
    pessoa = fabricas.usuario(nome_civil="Ana Reis")
    Usuario.objects.filter(pk=pessoa.pk).update(nome_civil="Úrsula Reis")
    assert Usuario.objects.get(pk=pessoa.pk).nome_busca == "ursula reis"
