"""The files that wait for somebody, at the team's desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contas import fabricas as contas
from contas.grupos import incluir_na_equipe
from documentos.models import Arquivo, VisualizacaoSigilosa
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio

pytestmark = pytest.mark.django_db
LISTA = "admin:documentos_arquivo_changelist"


@pytest.fixture
def mesa() -> Client:
    analista = contas.usuario(nome_civil="Ana Lista", is_staff=True)
    incluir_na_equipe(analista)
    return apoio.entrar(analista)


def _retido() -> Arquivo:
    arquivo = apoio.anexar().arquivos.get()
    Arquivo.objects.filter(pk=arquivo.pk).update(estado=Arquivo.Estado.RETIDO)
    return arquivo


@pytest.mark.parametrize(("acao", "estado"), [("liberar", "pronto"), ("devolver", "com_problema")])
def test_what_is_held_is_released_or_given_back_once(mesa: Client, acao: str, estado: str) -> None:
    arquivo = _retido()
    for dito in ("ertidao.pdf: feito.", "já foi conferido"):
        resposta = mesa.post(reverse(LISTA), {"action": acao, "_selected_action": [arquivo.pk]}, follow=True)
        assert dito in texto(resposta)
    arquivo.refresh_from_db()
    assert arquivo.estado == estado
    assert arquivo.verificacoes.filter(nome="liberacao", detalhe__endswith="por Ana Lista").count() == 1


@pytest.mark.parametrize(("acao", "estado"), [("liberar", "pronto"), ("devolver", "com_problema")])
def test_what_is_held_is_decided_on_its_own_page_too(mesa: Client, acao: str, estado: str) -> None:
    arquivo = _retido()
    endereco = reverse("admin:documentos_arquivo_change", args=[arquivo.pk])
    pagina = texto(mesa.get(endereco))
    assert arquivo.documentos.get().tipo.nome in pagina
    assert f'name="{acao}"' in pagina
    resposta = mesa.post(endereco, {acao: "1"}, follow=True)
    assert "ertidao.pdf: feito." in texto(resposta)
    assert resposta.request["QUERY_STRING"] == "estado__exact=retido"
    arquivo.refresh_from_db()
    assert arquivo.estado == estado
    assert f'name="{acao}"' not in texto(mesa.get(endereco))
    assert "já foi conferido" in texto(mesa.post(endereco, {acao: "1"}, follow=True))


def test_days_are_written_as_in_the_portal(mesa: Client) -> None:
    arquivo = _retido()
    desde = f"{timezone.localtime(arquivo.estado_desde):%d/%m/%Y %H:%M}"
    for endereco in (reverse(LISTA), reverse("admin:documentos_arquivo_change", args=[arquivo.pk])):
        assert desde in texto(mesa.get(endereco))


def test_the_page_of_a_file_says_how_its_bytes_are(mesa: Client) -> None:
    arquivo, agora = apoio.receber().arquivos.get(), timezone.now()
    endereco = reverse("admin:documentos_arquivo_change", args=[arquivo.pk])
    ditos: list[tuple[str, dict[str, Any]]] = [
        ("Ainda não comparados", {}),
        ("Iguais aos recebidos", {"conferido_em": agora}),
        ("DIFERENTES dos recebidos", {"corrompido": True}),
        ("pelo prazo de guarda", {"apagado_em": agora}),
    ]
    for dito, campos in ditos:
        Arquivo.objects.filter(pk=arquivo.pk).update(**{"estado": arquivo.estado, **campos})
        assert dito in texto(mesa.get(endereco))


def test_the_team_finds_what_takes_too_long(mesa: Client) -> None:
    apoio.receber()
    parado = apoio.receber().arquivos.get()
    Arquivo.objects.filter(pk=parado.pk).update(
        nome="parado.pdf", criado_em=timezone.now() - timedelta(minutes=20)
    )
    pagina = mesa.get(reverse(LISTA), {"demora": "sim"})
    assert "parado.pdf" in texto(pagina)
    assert "certidao.pdf" not in texto(pagina)
    assert mesa.get(reverse("saude")).json()["sinais"]["arquivos_parados"] == 1


def test_the_team_finds_what_is_no_longer_what_was_received_or_was_deleted(mesa: Client) -> None:
    agora = timezone.now()
    estados: dict[str, dict[str, Any]] = {
        "nunca": {},
        "corrompidos": {"conferido_em": agora, "corrompido": True},
        "apagados": {"conferido_em": agora, "corrompido": True, "apagado_em": agora},
    }
    for nome, campos in estados.items():
        arquivo = apoio.receber().arquivos.get()
        Arquivo.objects.filter(pk=arquivo.pk).update(nome=f"{nome}.pdf", **campos)
    for filtro in estados:
        pagina = texto(mesa.get(reverse(LISTA), {"bytes": filtro}))
        assert [nome for nome in estados if f"{nome}.pdf" in pagina] == [filtro]


def test_a_long_list_of_files_asks_no_more_of_the_database(mesa: Client) -> None:
    contagens = []
    for _ in range(2):
        apoio.receber()
        mesa.get(reverse(LISTA))
        with CaptureQueriesContext(connection) as consultas:
            mesa.get(reverse(LISTA))
        contagens.append(len(consultas))
    assert contagens[0] == contagens[1]


def test_a_file_is_shown_with_what_was_said_and_never_changed(mesa: Client) -> None:
    arquivo = apoio.anexar().arquivos.get()
    endereco = reverse("admin:documentos_arquivo_change", args=[arquivo.pk])
    assert "não examinado" in texto(mesa.get(endereco))
    mesa.post(endereco, {"nome": "outro.pdf", "estado": "retido"})
    arquivo.refresh_from_db()
    assert (arquivo.nome, arquivo.estado) == ("certidao.pdf", "pronto")
    assert mesa.post(reverse("admin:documentos_arquivo_delete", args=[arquivo.pk])).status_code == 403


def test_what_is_held_is_looked_at_as_marked_pages_and_each_look_is_noted(mesa: Client) -> None:
    arquivo = _retido()
    pagina = reverse("admin:pagina_retida", args=[arquivo.uuid, 1])
    assert pagina in texto(mesa.get(reverse("admin:documentos_arquivo_change", args=[arquivo.pk])))
    resposta = mesa.get(pagina)
    assert resposta.content[8:12] == b"WEBP"
    assert "no-store" in resposta["Cache-Control"]
    nota = VisualizacaoSigilosa.objects.get()
    assert (nota.arquivo, nota.finalidade) == (arquivo, "conferência de arquivo retido")
    assert mesa.get(reverse("admin:pagina_retida", args=[arquivo.uuid, 2])).status_code == 404
    assert mesa.get(reverse("arquivo", args=[arquivo.uuid])).status_code == 404


def test_what_is_not_held_has_no_such_pages(mesa: Client) -> None:
    arquivo = apoio.anexar().arquivos.get()
    assert mesa.get(reverse("admin:pagina_retida", args=[arquivo.uuid, 1])).status_code == 404
    assert not VisualizacaoSigilosa.objects.exists()
