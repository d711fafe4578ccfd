"""One entry for who forgot the password and for who is blocked."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import fabricas

pytestmark = pytest.mark.django_db
NOVA = "maritaca cantando na janela"


def pedir(client: Client, cpf: str, email: str, chave: str = ""):
    envio = {"cpf": cpf, "email": email, "chave_envio": chave or str(uuid4())}
    return client.post(reverse("recuperar_acesso"), envio)


def test_the_link_gives_access_back_and_ends_other_sessions(client: Client, link_de) -> None:
    pessoa = fabricas.usuario()
    outro_aparelho = Client()
    outro_aparelho.force_login(pessoa)
    assert outro_aparelho.get(reverse("minha_conta")).status_code == 200
    pedir(client, pessoa.cpf_formatado, pessoa.email.upper())
    resposta = client.post(link_de(pessoa.email), {"senha": NOVA, "repetir": NOVA})
    assert resposta["Location"] == reverse("painel")
    assert outro_aparelho.get(reverse("minha_conta")).status_code == 302


def test_recovery_clears_the_block_of_wrong_passwords(client: Client, link_de) -> None:
    pessoa = fabricas.usuario()
    for _ in range(6):
        client.post(reverse("account_login"), {"login": pessoa.cpf, "password": "errada"})
    certa = {"login": pessoa.cpf, "password": fabricas.SENHA}
    assert client.post(reverse("account_login"), certa).status_code == 200
    pedir(client, pessoa.cpf, pessoa.email)
    Client().post(link_de(pessoa.email), {"senha": NOVA, "repetir": NOVA})
    assert client.post(reverse("account_login"), {"login": pessoa.cpf, "password": NOVA}).status_code == 302


def test_the_answer_is_the_same_and_so_is_the_mail_queued(client: Client) -> None:
    pessoa = fabricas.usuario()
    respostas = [
        pedir(client, pessoa.cpf, pessoa.email),
        pedir(client, pessoa.cpf, "outra@example.org"),
        pedir(client, fabricas.cpf_ficticio(900), "ninguem@example.org"),
    ]
    assert len({(r.status_code, r["Location"], r.content) for r in respostas}) == 1
    assert Mensagem.objects.count() == 3


def test_an_address_corrected_with_the_back_button_gets_its_mail(client: Client) -> None:
    chave = str(uuid4())
    pedir(client, fabricas.cpf_ficticio(900), "nignuem@example.org", chave)
    pedir(client, fabricas.cpf_ficticio(900), "ninguem@example.org", chave)
    assert Mensagem.objects.filter(para="ninguem@example.org").exists()


def test_a_wrong_address_is_told_only_that_they_do_not_belong_together(client: Client, correio) -> None:
    pessoa = fabricas.usuario()
    pedir(client, pessoa.cpf, "a@example.org")
    pedir(client, fabricas.cpf_ficticio(900), "b@example.org")
    (com_conta,), (sem_conta,) = correio("a@example.org"), correio("b@example.org")
    assert com_conta.get_body(("plain",)).get_content() == sem_conta.get_body(("plain",)).get_content()
    assert correio(pessoa.email) == []


def test_a_double_click_mails_once(client: Client) -> None:
    pessoa = fabricas.usuario()
    chave = str(uuid4())
    for _ in range(2):
        assert pedir(client, pessoa.cpf, pessoa.email, chave).status_code == 302
    assert Mensagem.objects.count() == 1


def test_a_new_address_given_by_the_team_takes_the_place_of_the_old_one(client: Client, link_de) -> None:
    pessoa = fabricas.usuario(email="velho@example.org")
    pessoa.email = "novo@example.org"
    pessoa.save()
    pedir(client, pessoa.cpf, pessoa.email)
    assert client.post(link_de(pessoa.email), {"senha": NOVA, "repetir": NOVA}).status_code == 302
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["novo@example.org"]


def test_a_link_to_an_address_that_the_account_no_longer_has_is_dead(client: Client, link_de) -> None:
    pessoa = fabricas.usuario(email="velho@example.org")
    pedir(client, pessoa.cpf, pessoa.email)
    link = link_de("velho@example.org")
    pessoa.email = "novo@example.org"
    pessoa.save()
    assert client.post(link, {"senha": NOVA, "repetir": NOVA}).status_code == 410
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("cpf", "email"), [("\x00", "a@example.org"), ("1" * 10_000, "🙂"), ("", "")])
def test_bad_input_is_explained(client: Client, cpf: str, email: str) -> None:
    resposta = pedir(client, cpf, email)
    assert resposta.status_code == 200
    assert "cpf" in resposta.context["form"].errors


def test_the_sixth_request_of_a_cpf_in_an_hour_waits(client: Client) -> None:
    cpf = fabricas.cpf_ficticio(901)
    respostas = [pedir(client, cpf, "a@example.org") for _ in range(6)]
    assert "Aguarde alguns minutos" in respostas[-1].content.decode()
    assert Mensagem.objects.count() == 5
