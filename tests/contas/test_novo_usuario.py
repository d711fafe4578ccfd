"""The "novo usuário" request."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import fabricas
from contas.documentos_pessoais import formatar_cpf
from contas.models import Convite, Usuario

pytestmark = pytest.mark.django_db


def dados(**campos: str) -> dict[str, str]:
    return {
        "chave_envio": str(uuid4()),
        "cpf": fabricas.cpf_ficticio(700),
        "nome_civil": "Joana d'Arc Guimarães",
        "nome_social": "",
        "email": "joana@example.org",
        "telefone": "(31) 99999-0000",
    } | campos


def test_the_page_asks_for_the_data(client: Client) -> None:
    resposta = client.get(reverse("novo_usuario"))
    assert resposta.status_code == 200
    assert "Nome completo" in resposta.content.decode()


def test_a_request_mails_a_link_and_creates_no_account(client: Client, link_de) -> None:
    resposta = client.post(reverse("novo_usuario"), dados(cpf=formatar_cpf(fabricas.cpf_ficticio(700))))
    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("novo_usuario_enviado")
    assert not Usuario.objects.exists()
    assert client.get(link_de("joana@example.org")).status_code == 200


def test_a_double_click_mails_once(client: Client) -> None:
    envio = dados()
    for _ in range(2):
        assert client.post(reverse("novo_usuario"), envio).status_code == 302
    assert Convite.objects.count() == Mensagem.objects.count() == 1


def test_an_address_corrected_with_the_back_button_gets_the_link(client: Client) -> None:
    envio = dados(email="jaona@example.org")
    client.post(reverse("novo_usuario"), envio)
    client.post(reverse("novo_usuario"), {**envio, "email": "joana@example.org"})
    assert Mensagem.objects.filter(para="joana@example.org").exists()


def test_the_answer_is_the_same_for_a_cpf_with_an_account(client: Client) -> None:
    dona = fabricas.usuario(cpf=fabricas.cpf_ficticio(701), email="dona@example.org")
    livre = client.post(reverse("novo_usuario"), dados(email="outra@example.org"))
    ocupado = client.post(reverse("novo_usuario"), dados(cpf=dona.cpf, email="outra@example.org"))
    proprio = client.post(reverse("novo_usuario"), dados(cpf=dona.cpf, email="Dona@example.org"))
    respostas = {(r.status_code, r["Location"], r.content) for r in (livre, ocupado, proprio)}
    assert len(respostas) == 1


def test_a_stranger_cannot_tell_from_the_mail_that_the_cpf_has_an_account(client: Client, correio) -> None:
    dona = fabricas.usuario(cpf=fabricas.cpf_ficticio(701))
    client.post(reverse("novo_usuario"), dados(email="a@example.org"))
    client.post(reverse("novo_usuario"), dados(cpf=dona.cpf, email="b@example.org"))
    (do_livre,), (do_ocupado,) = correio("a@example.org"), correio("b@example.org")
    assert do_livre["Subject"] == do_ocupado["Subject"]
    assert correio(dona.email) == []


def test_the_owner_is_told_that_the_account_exists(client: Client, correio) -> None:
    dona = fabricas.usuario()
    client.post(reverse("novo_usuario"), dados(cpf=dona.cpf, email=dona.email.upper()))
    (mensagem,) = correio(dona.email)
    assert "já tem cadastro" in mensagem["Subject"]


@pytest.mark.parametrize(
    ("campo", "valor", "aviso"),
    [
        ("cpf", "111.111.111-11", "CPF inválido"),
        ("cpf", "abc", "CPF inválido"),
        ("cpf", "", "obrigatório"),
        ("nome_civil", "Visite http://golpe.example", "Use só letras"),
        ("nome_civil", "golpe.com", "Use só letras"),
        ("nome_civil", "Ana 🙂", "Use só letras"),
        ("nome_civil", "A" * 10_000, "150"),
        ("email", "sem-arroba", "nome@exemplo.org"),
        ("email", "x\x00y@example.org", "nulos"),
        ("telefone", "12", "com DDD"),
        ("nome_social", "\x00", "nulos"),
    ],
)
def test_bad_input_is_explained_and_what_was_typed_stays(
    client: Client, campo: str, valor: str, aviso: str
) -> None:
    resposta = client.post(reverse("novo_usuario"), dados(**{campo: valor}))
    pagina = resposta.content.decode()
    assert resposta.status_code == 200
    assert any(aviso in erro for erro in resposta.context["form"].errors[campo])
    assert "(31) 99999-0000" in pagina or campo == "telefone"
    assert not Convite.objects.exists()


@pytest.mark.parametrize("chave", ["", "não é uuid", "\x00", "x" * 10_000])
def test_a_damaged_key_does_not_stop_the_request(client: Client, chave: str) -> None:
    assert client.post(reverse("novo_usuario"), dados(chave_envio=chave)).status_code == 302
    assert Convite.objects.count() == 1


def test_an_empty_form_shows_its_errors(client: Client) -> None:
    assert "cpf" in client.post(reverse("novo_usuario"), {}).context["form"].errors


def test_the_sixth_request_of_a_cpf_in_an_hour_waits(client: Client) -> None:
    formatos = [fabricas.cpf_ficticio(700), formatar_cpf(fabricas.cpf_ficticio(700))] * 3
    respostas = [client.post(reverse("novo_usuario"), dados(cpf=cpf)) for cpf in formatos]
    assert [r.status_code for r in respostas] == [302] * 5 + [200]
    assert "Aguarde alguns minutos" in respostas[-1].content.decode()
    assert Convite.objects.count() == 5
