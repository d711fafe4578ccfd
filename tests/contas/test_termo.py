"""A new version of the term is accepted again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import fabricas
from contas.models import AceiteDeTermo, Termo, Usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    pessoa = fabricas.usuario()
    client.force_login(pessoa)
    return pessoa


def publicar(dias: int = 0) -> Termo:
    ultimo = Termo.objects.first()
    return Termo.objects.create(
        versao=(ultimo.versao if ultimo else 0) + 1,
        titulo="Termo novo",
        texto="Texto novo do termo.",
        vigente_de=timezone.localdate() + timedelta(days=dias),
    )


def test_a_new_version_comes_before_any_page(client: Client, pessoa: Usuario) -> None:
    termo = publicar()
    resposta = client.get("/minha-conta/?a=1&b=2", follow=True)
    assert "Texto novo do termo." in resposta.content.decode()
    aceite = client.post(
        reverse("aceitar_termo"), {"aceito": "on", "senha": fabricas.SENHA, "next": resposta.context["volta"]}
    )
    assert aceite["Location"] == "/minha-conta/?a=1&b=2"
    assert AceiteDeTermo.objects.filter(usuario=pessoa, termo=termo).exists()
    assert client.get("/minha-conta/").status_code == 200


@pytest.mark.parametrize("volta", ["abc", "0", "[]", "account_logout", "🙂", "a\nb"])
def test_a_way_back_that_is_no_page_breaks_nothing(client: Client, pessoa: Usuario, volta: str) -> None:
    resposta = client.get(reverse("aceitar_termo"), {"next": volta})
    assert resposta.status_code == 302
    assert reverse("account_logout") not in resposta["Location"]


@pytest.mark.parametrize(
    "volta", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_the_way_back_never_leaves_the_portal(client: Client, pessoa: Usuario, volta: str) -> None:
    assert client.get(reverse("aceitar_termo"), {"next": volta})["Location"] == reverse("painel")


def test_a_version_that_is_not_in_force_yet_waits(client: Client, pessoa: Usuario) -> None:
    publicar(dias=1)
    assert client.get(reverse("minha_conta")).status_code == 200


def test_who_does_not_accept_may_leave(client: Client, pessoa: Usuario) -> None:
    publicar()
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_a_form_that_was_open_is_not_lost(client: Client, pessoa: Usuario) -> None:
    publicar()
    client.post(reverse("minha_conta"), {"nome_social": "Dandara", "telefone": ""})
    assert Usuario.objects.get(pk=pessoa.pk).nome_social == "Dandara"


def test_the_box_must_be_marked(client: Client, pessoa: Usuario) -> None:
    publicar()
    assert "aceito" in client.post(reverse("aceitar_termo"), {}).context["form"].errors


def test_the_way_back_never_leads_outside(client: Client, pessoa: Usuario) -> None:
    publicar()
    resposta = client.post(
        reverse("aceitar_termo"), {"aceito": "on", "senha": fabricas.SENHA, "next": "https://golpe.example/"}
    )
    assert resposta["Location"] == reverse("painel")


def test_accepting_twice_is_one_acceptance(client: Client, pessoa: Usuario) -> None:
    termo = publicar()
    for _ in range(2):
        assert (
            client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": fabricas.SENHA}).status_code
            == 302
        )
    assert AceiteDeTermo.objects.filter(usuario=pessoa, termo=termo).count() == 1


def test_the_password_confirms_the_acceptance(client: Client, pessoa: Usuario) -> None:
    publicar()
    for senha in ("", "errada"):
        resposta = client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": senha})
        assert "senha" in resposta.context["form"].errors
    assert not AceiteDeTermo.objects.filter(usuario=pessoa, termo__titulo="Termo novo").exists()


def test_passwords_are_not_guessed_on_the_page_of_the_term(
    client: Client, pessoa: Usuario, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"reauthenticate": "1/m/user"}
    publicar()
    for _ in range(2):
        resposta = client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": "errada"})
    assert "muitas tentativas" in resposta.content.decode()
    client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": fabricas.SENHA})
    assert not AceiteDeTermo.objects.filter(usuario=pessoa, termo__titulo="Termo novo").exists()


def test_a_visitor_without_account_is_not_held_back(client: Client) -> None:
    publicar()
    assert client.get(reverse("novo_usuario")).status_code == 200
