"""The contact page and the footer show what the office wrote in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from atendimento import contato
from atendimento.models import Contato
from contas import fabricas

pytestmark = pytest.mark.django_db


def test_anyone_finds_the_email_the_six_telephones_and_the_manual(client: Client) -> None:
    pagina = client.get(reverse("contato")).content.decode()
    assert 'href="mailto:cagec@governo.mg.gov.br"' in pagina
    assert pagina.count('href="tel:+5531') == 6
    assert 'href="tel:+553139152090">(31) 3915-2090</a>' in pagina
    assert f'href="{reverse("manual")}"' in pagina


def test_the_footer_of_another_page_shows_the_contacts(client: Client) -> None:
    assert "cagec@governo.mg.gov.br" in client.get(reverse("inicio")).content.decode()


def test_the_page_says_so_when_there_are_no_contacts(client: Client) -> None:
    Contato.objects.all().delete()
    resposta = client.get(reverse("contato"))
    assert resposta.status_code == 200
    assert "ainda não foram cadastrados" in resposta.content.decode()


def test_loading_keeps_what_the_office_edited() -> None:
    Contato.objects.update(email="outro@example.org")
    assert contato.carregar() == {"contato do setor": 0}
    assert Contato.objects.get().email == "outro@example.org"


def test_the_office_edits_its_contacts_and_never_adds_or_deletes(client: Client) -> None:
    client.force_login(fabricas.usuario(is_staff=True, is_superuser=True))
    setor = Contato.objects.get()
    endereco = reverse("admin:atendimento_contato_change", args=[setor.pk])
    dados = {
        "setor": setor.setor,
        "equipe": setor.equipe,
        "email": "novo@example.org",
        "telefones": "(31) 3000-0000",
        "orientacao": "",
    }
    assert client.post(endereco, dados).status_code == 302
    setor.refresh_from_db()
    assert setor.lista_de_telefones == ["(31) 3000-0000"]
    assert client.get(reverse("admin:atendimento_contato_add")).status_code == 403
    assert client.post(reverse("admin:atendimento_contato_delete", args=[setor.pk])).status_code == 403
