"""Notices: for whom, for how long, closed for the session, and at no cost of queries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from atendimento.models import AvisoDoPortal
from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import fabricas

pytestmark = pytest.mark.django_db
Publico = AvisoDoPortal.Publico


def _aviso(publico: str = Publico.TODOS, dias: int = 0) -> AvisoDoPortal:
    de = timezone.now() - timedelta(hours=1) + timedelta(days=dias)
    return AvisoDoPortal.objects.create(
        texto=f"Aviso para {publico}", publico=publico, de=de, ate=de + timedelta(hours=2)
    )


def _ve(pessoa: Usuario | AnonymousUser) -> set[str]:
    cliente = Client()
    if isinstance(pessoa, Usuario):
        cliente.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    tela = cliente.get(reverse("contato")).content.decode()
    return {p for p in Publico.values if f"Aviso para {p}<" in tela}


def test_each_notice_reaches_its_own() -> None:
    for publico in Publico.values:
        _aviso(publico)
    representante = usuario()
    fabricas.convenente_ativo("uniao", hoje(), usuario(), representante=representante)
    assert _ve(AnonymousUser()) == {"todos"}
    assert _ve(usuario()) == {"todos", "entrou"}
    assert _ve(representante) == {"todos", "entrou", "representantes"}


def test_a_notice_shows_only_in_its_period() -> None:
    for dias in (-1, 1):
        _aviso(dias=dias)
    assert _ve(AnonymousUser()) == set()


def test_who_closes_a_notice_does_not_see_it_again_and_stays_on_the_page(client: Client) -> None:
    aviso = _aviso()
    resposta = client.post(reverse("fechar_aviso", args=[aviso.uuid]), {"volta": "/consulta/?q=x"})
    assert resposta["Location"] == "/consulta/?q=x"
    assert aviso.texto not in client.get(reverse("contato")).content.decode()
    assert aviso.texto in Client().get(reverse("contato")).content.decode()


def test_closing_leads_to_no_other_site(client: Client) -> None:
    resposta = client.post(reverse("fechar_aviso", args=[_aviso().uuid]), {"volta": "https://example.org/"})
    assert resposta["Location"] == "/"


def test_notices_come_with_the_query_of_the_footer(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _aviso()
    with django_assert_num_queries(1):
        client.get(reverse("ajuda_enviada"))
