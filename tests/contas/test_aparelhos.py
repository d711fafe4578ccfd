"""A sign-in from a browser that the person never used is told by mail."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas
from contas.aparelhos import descrever
from contas.models import EventoDeSeguranca, Usuario

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ASSUNTO = "CAGEC: entrada em um aparelho novo"


def entrar(cliente: Client, pessoa: Usuario, **cabecalhos: Any) -> None:
    """Sign in and leave."""
    dados = {"login": pessoa.cpf, "password": fabricas.SENHA}
    assert cliente.post(reverse("account_login"), dados, **cabecalhos).status_code == 302
    cliente.post(reverse("account_logout"))


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    """Somebody who has entered once, with ``client``."""
    pessoa = fabricas.usuario()
    entrar(client, pessoa)
    return pessoa


def test_the_first_sign_in_and_the_browser_of_always_are_no_news(
    client: Client, pessoa: Usuario, correio
) -> None:
    entrar(client, pessoa)
    assert correio(pessoa.email) == []


def test_another_browser_is_told_once_with_what_where_and_the_way_out(pessoa: Usuario, correio) -> None:
    outro = Client()
    for _ in range(2):
        entrar(outro, pessoa, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.9")
    (aviso,) = correio(pessoa.email)
    texto = aviso.get_body(("plain",)).get_content()
    assert aviso["Subject"] == ASSUNTO
    assert "Firefox no Windows, endereço 203.0.113.9" in texto
    assert reverse("recuperar_acesso") in texto
    novos = EventoDeSeguranca.objects.filter(usuario=pessoa, tipo="entrou").order_by("id")
    assert [evento.dados["novo"] for evento in novos] == [True, True, False]


def test_two_people_share_a_computer_and_each_is_known_there(
    client: Client, pessoa: Usuario, correio
) -> None:
    colega = fabricas.usuario()
    for quem in (colega, pessoa, colega):
        entrar(client, quem)
    assert correio(pessoa.email) == correio(colega.email) == []


@pytest.mark.parametrize("biscoito", ["", "inventado", "W10:1abc:assinatura"])
def test_a_cookie_that_was_made_up_makes_no_browser_known(pessoa: Usuario, correio, biscoito: str) -> None:
    outro = Client()
    outro.cookies["aparelho"] = biscoito
    entrar(outro, pessoa)
    assert [m["Subject"] for m in correio(pessoa.email)] == [ASSUNTO]


def test_the_cookie_names_nobody_and_no_script_reads_it(client: Client, pessoa: Usuario) -> None:
    biscoito = client.cookies["aparelho"]
    assert biscoito["httponly"]
    for dado in (pessoa.cpf, str(pessoa.uuid), pessoa.email):
        assert dado not in biscoito.value


@pytest.mark.parametrize(
    ("navegador", "nome"),
    [
        (FIREFOX, "Firefox no Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/130.0 Safari/604.1", "Chrome no iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge no Android"),
        ("curl/8.0", "Aparelho desconhecido"),
        ("", "Aparelho desconhecido"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_people_call_it(navegador: str, nome: str) -> None:
    assert descrever(navegador) == nome
