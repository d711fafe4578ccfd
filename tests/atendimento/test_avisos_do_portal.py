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


def test_the_desk_shows_the_notices_of_everybody_and_of_the_team(client: Client, atendente: Usuario) -> None:
    for publico in Publico.values:
        _aviso(publico)
    client.force_login(atendente)
    mesa = client.get(reverse("admin:index")).content.decode()
    assert {p for p in Publico.values if f"Aviso para {p}<" in mesa} == {"todos", "entrou", "equipe"}


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


def test_the_team_writes_a_notice_and_sees_whether_it_is_being_shown(
    client: Client, atendente: Usuario
) -> None:
    client.force_login(atendente)
    lista = reverse("admin:atendimento_avisodoportal_changelist")
    envio = {"texto": "Portal fora do ar no domingo.", "publico": "todos"}
    periodos = {"Encerrado": (-2, -1), "No ar": (-1, 1), "Programado": (1, 2)}
    for estado, (de, ate) in periodos.items():
        quando = {
            nome: f"{timezone.localtime() + timedelta(days=dias):%Y-%m-%dT%H:%M}"
            for nome, dias in (("de", de), ("ate", ate))
        }
        client.post(reverse("admin:atendimento_avisodoportal_add"), envio | quando)
        (linha,) = client.get(lista).context["cl"].result_list
        assert estado in client.get(lista).content.decode()
        assert f"{timezone.localtime(linha.ate):%d/%m/%Y %H:%M}" in client.get(lista).content.decode()
        linha.delete()
