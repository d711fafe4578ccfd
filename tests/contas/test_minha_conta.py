"""The person's own account."""

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas
from contas.models import Usuario

pytestmark = pytest.mark.django_db
NOVA = "maritaca cantando na janela"


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    pessoa = fabricas.usuario(telefone="(31) 3333-0000")
    client.force_login(pessoa)
    return pessoa


@pytest.mark.parametrize("nome", ["minha_conta", "alterar_senha", "aceitar_termo"])
def test_who_is_not_signed_in_goes_to_the_entrance(client: Client, nome: str) -> None:
    for resposta in (client.get(reverse(nome)), client.post(reverse(nome))):
        assert resposta["Location"].startswith(reverse("account_login"))


def test_the_page_shows_the_own_data(client: Client, pessoa: Usuario) -> None:
    pagina = client.get(reverse("minha_conta")).content.decode()
    for dado in (pessoa.cpf_formatado, pessoa.nome_civil, pessoa.email, reverse("visualizacoes")):
        assert dado in pagina


def test_nome_social_and_telephone_change_and_nothing_else(client: Client, pessoa: Usuario) -> None:
    envio = {"nome_social": "Dandara", "telefone": "31 98888-7777", "cpf": "0", "email": "x@example.org"}
    assert client.post(reverse("minha_conta"), envio).status_code == 302
    salva = Usuario.objects.get(pk=pessoa.pk)
    assert (salva.nome, salva.telefone) == ("Dandara", "31 98888-7777")
    assert (salva.cpf, salva.email) == (pessoa.cpf, pessoa.email)


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("telefone", "ligue já"), ("telefone", "\x00"), ("nome_social", "🙂"), ("nome_social", "N" * 10_000)],
)
def test_bad_input_is_explained_and_stays(client: Client, pessoa: Usuario, campo: str, valor: str) -> None:
    resposta = client.post(
        reverse("minha_conta"), {"nome_social": "Bia", "telefone": "31988887777", campo: valor}
    )
    assert resposta.status_code == 200
    assert list(resposta.context["form"].errors) == [campo]
    assert "31988887777" in resposta.content.decode() or campo == "telefone"


def test_a_new_password_keeps_this_session_ends_others_and_is_mailed(
    client: Client, pessoa: Usuario, correio
) -> None:
    outro = Client()
    outro.force_login(pessoa)
    envio = {"atual": fabricas.SENHA, "senha": NOVA, "repetir": NOVA}
    assert client.post(reverse("alterar_senha"), envio)["Location"] == reverse("minha_conta")
    assert client.get(reverse("minha_conta")).status_code == 200
    assert outro.get(reverse("minha_conta")).status_code == 302
    assert Usuario.objects.get(pk=pessoa.pk).check_password(NOVA)
    assert "alterada" in correio(pessoa.email)[0]["Subject"]


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("atual", "errada"), ("senha", "curta"), ("repetir", "outra coisa aqui"), ("atual", "\x00")],
)
def test_a_refused_change_says_why(client: Client, pessoa: Usuario, campo: str, valor: str) -> None:
    envio = {"atual": fabricas.SENHA, "senha": NOVA, "repetir": NOVA, campo: valor}
    resposta = client.post(reverse("alterar_senha"), envio)
    assert campo in resposta.context["form"].errors
    assert Usuario.objects.get(pk=pessoa.pk).check_password(fabricas.SENHA)


def test_guessing_the_current_password_is_limited(client: Client, pessoa: Usuario) -> None:
    for _ in range(10):
        client.post(reverse("alterar_senha"), {"atual": "errada", "senha": NOVA, "repetir": NOVA})
    certo = client.post(reverse("alterar_senha"), {"atual": fabricas.SENHA, "senha": NOVA, "repetir": NOVA})
    assert "Aguarde alguns minutos" in certo.content.decode()
