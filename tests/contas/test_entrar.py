"""Sign-in and sign-out."""

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas

pytestmark = pytest.mark.django_db


def entrar(client: Client, login: str, senha: str = fabricas.SENHA):
    return client.post(reverse("account_login"), {"login": login, "password": senha})


def dentro(client: Client) -> bool:
    return "_auth_user_id" in client.session


def erro(resposta) -> str:
    return " ".join(resposta.context["form"].non_field_errors())


@pytest.mark.parametrize("forma", ["cpf", "cpf_formatado", "email"])
def test_a_person_enters_with_the_cpf_or_the_email(client: Client, forma: str) -> None:
    pessoa = fabricas.usuario()
    resposta = entrar(client, getattr(pessoa, forma))
    assert resposta["Location"] == reverse("painel")
    assert dentro(client)


def test_an_address_of_two_persons_lets_nobody_in(client: Client) -> None:
    for _ in range(2):
        pessoa = fabricas.usuario(email="casa@example.org")
    entrar(client, "casa@example.org")
    assert not dentro(client)
    entrar(client, pessoa.cpf)
    assert dentro(client)


def test_an_address_that_was_never_proved_lets_nobody_in(client: Client) -> None:
    pessoa = fabricas.usuario()
    pessoa.email = "sem-prova@example.org"
    pessoa.save()
    entrar(client, "sem-prova@example.org")
    assert not dentro(client)


def test_every_wrong_login_gets_the_same_words(client: Client) -> None:
    pessoa = fabricas.usuario()
    logins = [pessoa.cpf, pessoa.email, fabricas.cpf_ficticio(950), "ninguem@example.org", "🙂"]
    assert len({erro(entrar(client, login, "senha errada")) for login in logins}) == 1


def test_the_cpf_with_and_without_punctuation_and_the_email_share_one_counter(client: Client) -> None:
    pessoa = fabricas.usuario()
    for login in (pessoa.cpf, pessoa.cpf_formatado, pessoa.email, pessoa.email.upper(), pessoa.cpf):
        assert "não conferem" in erro(entrar(client, login, "errada"))
    for login in (pessoa.cpf, pessoa.cpf_formatado, pessoa.email):
        assert "bloqueada por cinco minutos" in erro(entrar(client, login))
    assert not dentro(client)


def test_one_blocked_person_blocks_nobody_else(client: Client) -> None:
    vitima, outra = fabricas.usuario(), fabricas.usuario()
    for _ in range(6):
        entrar(client, vitima.cpf, "errada")
    entrar(client, outra.cpf)
    assert dentro(client)


def test_an_inactive_account_stays_outside(client: Client) -> None:
    pessoa = fabricas.usuario(is_active=False)
    resposta = entrar(client, pessoa.cpf)
    assert resposta["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert not dentro(client)


@pytest.mark.parametrize(
    ("login", "senha"), [("", ""), ("\x00", "x"), ("x" * 10_000, "y"), ("12345678909", "z\x00")]
)
def test_bad_input_is_explained(client: Client, login: str, senha: str) -> None:
    resposta = entrar(client, login, senha)
    assert resposta.status_code == 200
    assert resposta.context["form"].errors


def test_what_was_typed_stays_except_the_password(client: Client) -> None:
    pagina = entrar(client, "123.456.789-09", "segredo digitado").content.decode()
    assert "123.456.789-09" in pagina
    assert "segredo digitado" not in pagina


def test_the_way_back_is_kept_and_never_leads_outside(client: Client) -> None:
    pessoa = fabricas.usuario()
    login = {"login": pessoa.cpf, "password": fabricas.SENHA}
    certo = client.post(f"{reverse('account_login')}?next=/minha-conta/", login)
    assert certo["Location"] == "/minha-conta/"
    fora = Client().post(f"{reverse('account_login')}?next=https://golpe.example/", login)
    assert fora["Location"] == reverse("painel")


def test_signing_out_needs_the_button(client: Client) -> None:
    client.force_login(fabricas.usuario())
    assert client.get(reverse("account_logout")).status_code == 200
    assert dentro(client)
    assert client.post(reverse("account_logout")).status_code == 302
    assert not dentro(client)


def test_the_password_is_confirmed_again(client: Client) -> None:
    pessoa = fabricas.usuario()
    client.force_login(pessoa)
    url = f"{reverse('account_reauthenticate')}?next=/minha-conta/"
    assert client.get(url).status_code == 200
    assert "não confere" in client.post(url, {"password": "errada"}).content.decode()
    assert client.post(url, {"password": fabricas.SENHA})["Location"] == "/minha-conta/"
