"""What holds for every request: no NUL in the address, no copy of a signed-in person's pages."""

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "endereco", ["/consulta/?q=a%00b", "/admin/convenentes/convenente/?estado__exact=%00"]
)
def test_a_nul_in_the_address_is_a_bad_request(client: Client, endereco: str) -> None:
    client.force_login(fabricas.usuario(is_staff=True, is_superuser=True))
    resposta = client.get(endereco)
    assert resposta.status_code == 400
    assert "Não entendemos este pedido" in resposta.content.decode()


@pytest.mark.parametrize("nome", ["painel", "inicio", "consulta", "minha_conta", "solicitacao_nova"])
def test_the_pages_of_a_signed_in_person_leave_no_copy(client: Client, nome: str) -> None:
    client.force_login(fabricas.usuario())
    assert "no-store" in client.get(reverse(nome))["Cache-Control"]


def test_the_public_pages_of_a_visitor_may_be_kept(client: Client) -> None:
    assert not client.get(reverse("inicio")).has_header("Cache-Control")
