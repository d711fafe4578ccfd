"""The page of a request: its author writes, closes, opens again, and gives a score."""

import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from atendimento import chamados, enderecos, fabricas, mesa
from atendimento.models import Chamado
from contas.fabricas import usuario

pytestmark = pytest.mark.django_db
Estado = Chamado.Estado


def pagina(client: Client, chamado: Chamado, acao: str, **campos: Any) -> Any:
    envio = {"acao": acao, "chave_envio": uuid4(), **campos}
    return client.post(reverse("chamado", args=[chamado.uuid]), envio, follow=True)


@pytest.fixture
def pessoa(client: Client) -> Any:
    pessoa = usuario()
    client.force_login(pessoa)
    return pessoa


def encerrar_ha(chamado: Chamado, dias: float) -> None:
    chamados.encerrar(chamado, None)
    Chamado.objects.filter(pk=chamado.pk).update(encerrado_em=timezone.now() - timedelta(days=dias))


def test_each_person_sees_the_own_requests_only(client: Client, pessoa) -> None:
    meu, alheio = fabricas.chamado(pessoa), fabricas.chamado(usuario(), assunto="De outra pessoa")
    lista = client.get(reverse("chamados")).content.decode()
    assert meu.assunto in lista
    assert alheio.assunto not in lista
    assert client.get(reverse("chamado", args=[alheio.uuid])).status_code == 404


def test_the_list_costs_the_same_with_one_request_or_five(client: Client, pessoa) -> None:
    custos = []
    client.get(reverse("chamados"))
    for quantos in (1, 4):
        for n in range(quantos):
            fabricas.chamado(pessoa, assunto=f"Pedido {n}")
        with CaptureQueriesContext(connection) as consultas:
            client.get(reverse("chamados"))
        custos.append(len(consultas))
    assert custos[0] == custos[1]


def test_an_answer_gives_the_turn_and_a_deadline_to_the_team(client: Client, pessoa, atendente) -> None:
    chamado = fabricas.chamado(pessoa)
    mesa.responder(chamado, atendente, "Qual navegador?", chave_envio=uuid4(), pergunta=True)
    chamado.refresh_from_db()
    assert (chamado.estado, chamado.prazo) == (Estado.AGUARDANDO_USUARIO, None)
    assert "Qual navegador?" in pagina(client, chamado, "escrever", texto="Firefox").content.decode()
    chamado.refresh_from_db()
    assert chamado.estado == Estado.EM_ATENDIMENTO
    assert chamado.prazo is not None


def test_an_internal_note_is_on_no_page_of_the_person(client: Client, pessoa, atendente) -> None:
    chamado = fabricas.chamado(pessoa)
    mesa.anotar(chamado, atendente, "Parece fraude.", chave_envio=uuid4())
    assert "fraude" not in client.get(reverse("chamado", args=[chamado.uuid])).content.decode()


def test_the_person_closes_and_scores_once(client: Client, pessoa) -> None:
    chamado = fabricas.chamado(pessoa)
    pagina(client, chamado, "encerrar")
    assert "Obrigado pela nota" in pagina(client, chamado, "avaliar", nota=4).content.decode()
    assert "já deu uma nota" in pagina(client, chamado, "avaliar", nota=1).content.decode()
    chamado.refresh_from_db()
    assert (chamado.nota, chamado.estado) == (4, Estado.ENCERRADO)


def test_a_score_is_asked_for_when_it_is_missing_and_refused_before_the_end(client: Client, pessoa) -> None:
    chamado = fabricas.chamado(pessoa)
    assert "depois que o chamado é encerrado" in pagina(client, chamado, "avaliar", nota=4).content.decode()
    chamados.encerrar(chamado, None)
    assert "Escolha uma nota" in pagina(client, chamado, "avaliar").content.decode()


@pytest.mark.parametrize(("dias", "estado"), [(6.9, Estado.REABERTO), (7.1, Estado.ENCERRADO)])
def test_a_closed_request_opens_again_within_seven_days(
    client: Client, pessoa, dias: float, estado: str
) -> None:
    chamado = fabricas.chamado(pessoa)
    encerrar_ha(chamado, dias)
    pagina(client, chamado, "escrever", texto="Voltou a dar erro")
    chamado.refresh_from_db()
    assert chamado.estado == estado
    assert chamado.mensagens.count() == (2 if estado == Estado.REABERTO else 1)


def test_too_many_messages_wait_and_lose_nothing(client: Client, pessoa) -> None:
    chamado = fabricas.chamado(pessoa)
    for n in range(31):
        resposta = pagina(client, chamado, "escrever", texto=f"Mensagem {n}").content.decode()
    assert "Aguarde alguns minutos" in resposta
    assert "Mensagem 30" in resposta
    assert chamado.mensagens.count() == 31


def test_a_message_sent_twice_is_one(pessoa) -> None:
    chamado = fabricas.chamado(pessoa)
    outra = fabricas.escrito("De novo")
    assert chamados.escrever(chamado, outra, pessoa) == chamados.escrever(chamado, outra, pessoa)
    assert chamado.mensagens.count() == 2


def test_a_link_does_everything_without_an_account_and_a_forged_one_nothing() -> None:
    chamado, visitante = fabricas.chamado(), Client()
    endereco = urlsplit(enderecos.endereco(chamado)[0]).path
    visitante.post(endereco, {"acao": "escrever", "texto": "Mais uma coisa", "chave_envio": uuid4()})
    visitante.post(endereco, {"acao": "encerrar"})
    visitante.post(endereco, {"acao": "avaliar", "nota": 5})
    chamado.refresh_from_db()
    assert (chamado.mensagens.count(), chamado.nota) == (2, 5)
    assert visitante.get(reverse("chamado_por_link", args=[f"{chamado.uuid}:x:y"])).status_code == 404


@pytest.mark.parametrize(("dias", "abre"), [(179, True), (181, False)])
def test_a_link_opens_for_half_a_year(dias: int, abre: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    endereco = urlsplit(enderecos.endereco(fabricas.chamado())[0]).path
    depois = time.time() + dias * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: depois)
    assert Client().get(endereco).status_code == (200 if abre else 404)


def test_the_link_of_a_request_of_an_account_does_not_exist() -> None:
    chamado = fabricas.chamado()
    endereco, abre_sozinha = enderecos.endereco(chamado)
    assert abre_sozinha
    Chamado.objects.filter(pk=chamado.pk).update(usuario=usuario())
    assert enderecos.chamado_do_link(endereco.rstrip("/").rsplit("/", 1)[1]) is None


@pytest.mark.parametrize("com_conta", [True, False])
def test_a_joined_request_leads_to_the_one_that_goes_on(client: Client, atendente, com_conta: bool) -> None:
    pessoa = usuario() if com_conta else None
    if pessoa:
        client.force_login(pessoa)
    este, outro = fabricas.chamado(pessoa), fabricas.chamado(pessoa, assunto="O mesmo outra vez")
    Chamado.objects.update(confirmado=True)
    mesa.juntar(este, outro, atendente)
    tela = client.get(enderecos.caminho(este)).content.decode()
    assert f"Continuar no chamado nº {outro.numero}" in tela
    assert "Dê uma nota" not in tela
    destino = tela.split("do mesmo assunto. ")[1].split('href="')[1].split('"')[0]
    assert "O mesmo outra vez" in client.get(destino).content.decode()
