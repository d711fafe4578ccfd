"""The team rewrites the manual: preview, publish, history, back to the shipped text."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from atendimento import manual
from atendimento.models import VersaoDaPagina
from contas import grupos
from contas.fabricas import usuario
from contas.models import EventoDeSeguranca

pytestmark = pytest.mark.django_db
CAMINHO = "consulta/glossario"
NOVA = {"titulo": "Palavras do CAGEC", "resumo": "O que cada uma quer dizer.", "texto": "Uma **jabuticaba**."}


@pytest.fixture
def equipe(client: Client) -> Client:
    """Somebody of the team, signed in."""
    pessoa = usuario(is_staff=True)
    EventoDeSeguranca.objects.create(tipo=EventoDeSeguranca.Tipo.ENTROU, usuario=pessoa)
    grupos.sincronizar()
    grupos.incluir_na_equipe(pessoa)
    client.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _enviar(equipe: Client, acao: str, sobre: int = 0, **mudado: str) -> str:
    endereco = reverse("admin:editar_pagina", args=[CAMINHO])
    dados = {**NOVA, "acao": acao, "sobre": str(sobre), **mudado}
    return equipe.post(endereco, dados, follow=True).content.decode()


def _pagina() -> str:
    return Client().get(reverse("manual_pagina", args=[CAMINHO])).content.decode()


def test_a_preview_shows_the_page_and_publishes_nothing(equipe: Client) -> None:
    assert "<strong>jabuticaba</strong>" in _enviar(equipe, "previa")
    assert "jabuticaba" not in _pagina()


def test_what_is_published_is_shown_and_found(equipe: Client) -> None:
    _enviar(equipe, "publicar")
    assert "<h1>Palavras do CAGEC</h1>" in _pagina()
    assert manual.procurar("jabuticaba")[0].pagina.caminho == CAMINHO
    assert "Da equipe" in equipe.get(reverse("admin:atendimento_versaodapagina_changelist")).content.decode()


def test_the_shipped_text_comes_back_and_the_history_keeps_the_other(equipe: Client) -> None:
    _enviar(equipe, "publicar")
    tela = _enviar(equipe, "fabrica")
    assert "voltou ao texto de fábrica" in tela
    assert "jabuticaba" not in _pagina()
    antiga = equipe.get(reverse("admin:editar_pagina", args=[CAMINHO]), {"versao": "1"}).content.decode()
    assert "jabuticaba" in antiga


def test_the_second_of_two_who_publish_at_once_is_told_and_keeps_the_text(equipe: Client) -> None:
    _enviar(equipe, "publicar")
    tela = _enviar(equipe, "publicar", texto="Uma **pitanga**.")
    assert "Outra pessoa publicou" in tela
    assert "pitanga" in tela
    assert "pitanga" not in _pagina()


def test_a_link_that_leads_nowhere_is_not_published(equipe: Client) -> None:
    assert "não leva a lugar nenhum: manual:nada" in _enviar(equipe, "publicar", texto="[x](manual:nada)")
    assert not VersaoDaPagina.objects.exists()


def test_a_published_link_that_broke_later_gives_way_to_the_shipped_page() -> None:
    manual.publicar(CAMINHO, usuario(), 0, "x", "x", "[x](manual:saiu)")
    assert manual.paginas()[CAMINHO] == manual.de_fabrica()[CAMINHO]


def test_the_team_is_told_when_the_shipped_text_changed(equipe: Client) -> None:
    versao = manual.publicar(CAMINHO, usuario(), 0, **NOVA)
    assert not manual.mudou_na_fabrica(versao)
    VersaoDaPagina.objects.create(
        caminho=CAMINHO, numero=2, autor=versao.autor, fabrica="de outro texto", **NOVA
    )
    tela = equipe.get(reverse("admin:editar_pagina", args=[CAMINHO])).content.decode()
    assert "O texto de fábrica mudou" in tela


def test_the_database_lets_nobody_change_a_version() -> None:
    versao = manual.publicar(CAMINHO, usuario(), 0, **NOVA)
    versao.titulo = "Outro"
    with pytest.raises(DatabaseError):
        versao.save()
