"""What the portal mailed to me: only mine, only what left, twenty a page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cagec.correio.models import Mensagem
from contas.fabricas import usuario
from contas.models import Usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    """Who is signed in."""
    pessoa = usuario()
    client.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    return pessoa


def _mensagem(para: Usuario, assunto: str, estado: str = Mensagem.Estado.ENVIADA) -> None:
    Mensagem.objects.create(
        chave=assunto,
        tipo="x",
        para=para.email,
        usuario=para,
        estado=estado,
        assunto=assunto,
        corpo="Abra: [link removido]",
        enviada_em=timezone.now(),
    )


def _tela(client: Client, pagina: int = 1) -> str:
    return client.get(reverse("minhas_mensagens"), {"pagina": pagina}).content.decode()


def test_a_person_reads_the_own_mails_without_their_links(client: Client, pessoa: Usuario) -> None:
    _mensagem(pessoa, "Meu assunto")
    _mensagem(usuario(), "De outra pessoa")
    tela = _tela(client)
    assert "Meu assunto" in tela
    assert "[link removido]" in tela
    assert "De outra pessoa" not in tela


def test_a_page_of_the_portal_named_in_a_mail_can_be_opened_from_it(client: Client, pessoa: Usuario) -> None:
    _mensagem(pessoa, "Solicitação aprovada")
    Mensagem.objects.update(corpo="Ver o cadastro:\nhttps://cagec.example.org/painel/\n\n<b>fim</b>")
    tela = _tela(client)
    assert '<a href="https://cagec.example.org/painel/"' in tela
    assert "&lt;b&gt;fim" in tela


def test_what_did_not_leave_is_not_listed(client: Client, pessoa: Usuario) -> None:
    _mensagem(pessoa, "Ainda na fila", Mensagem.Estado.NA_FILA)
    assert "ainda não enviou e-mails" in _tela(client)


def test_many_mails_come_in_pages(
    client: Client, pessoa: Usuario, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for numero in range(21):
        _mensagem(pessoa, f"Assunto {numero:02}")
    with django_assert_max_num_queries(12):
        assert "Assunto 20" in _tela(client)
    assert "Assunto 00" not in _tela(client)
    assert "Assunto 00" in _tela(client, 2)
