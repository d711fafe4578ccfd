"""The queue of the team: what waits first, found by what people say on the telephone."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contas.models import Usuario
from convenentes import fabricas
from convenentes.models import Solicitacao
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db

FILA = reverse("admin:convenentes_solicitacao_changelist")
Estado = Solicitacao.Estado


@pytest.fixture
def analista() -> Usuario:
    return cena.analista()


@pytest.fixture
def cliente(analista: Usuario) -> Client:
    return cena.entrar(analista)


def _nomes(cliente: Client, **busca: str) -> list[str]:
    return [s.nome_do_convenente for s in cliente.get(FILA, busca).context["cl"].result_list]


def _em(estado: str, nome: str, **campos: object) -> Solicitacao:
    solicitacao = cena.enviada(razao_social=nome)
    Solicitacao.objects.filter(pk=solicitacao.pk).update(estado=estado, **campos)
    return solicitacao


def test_the_queue_opens_with_what_waits_for_the_team_oldest_first(cliente: Client) -> None:
    for dias, nome in ((1, "Nova"), (9, "Velha"), (4, "Média")):
        cena.enviada(dias=dias, razao_social=nome)
    _em(Estado.APROVADA, "Decidida", decidida_em=timezone.now())
    fabricas.rascunho_de("uniao", razao_social="Rascunho")
    assert _nomes(cliente) == ["Velha", "Média", "Nova"]


def test_each_choice_lists_its_own_and_a_draft_is_in_none(cliente: Client, analista: Usuario) -> None:
    _em(Estado.EM_ANALISE, "Livre")
    _em(Estado.EM_ANALISE, "Minha", analista=analista)
    _em(Estado.EM_ANALISE, "De outra", analista=cena.analista())
    _em(Estado.COM_PENDENCIA, "Devolvida")
    _em(Estado.INDEFERIDA, "Indeferida", decidida_em=timezone.now())
    fabricas.rascunho_de("uniao", razao_social="Rascunho")
    listas = {
        fila: set(_nomes(cliente, fila=fila)) for fila in ("minhas", "livres", "com_pendencia", "decididas")
    }
    assert listas == {
        "minhas": {"Minha"},
        "livres": {"Livre"},
        "com_pendencia": {"Devolvida"},
        "decididas": {"Indeferida"},
    }
    assert len(_nomes(cliente, fila="todas")) == 5
    assert set(_nomes(cliente, fila="inventada")) == {"Livre", "Minha", "De outra"}


def test_a_request_is_found_by_protocol_cnpj_and_name(cliente: Client) -> None:
    procurada = cena.enviada(razao_social="Associação Açucena")
    cena.enviada(razao_social="Outra")
    for termo in (procurada.protocolo, procurada.cnpj, "acucena"):
        assert _nomes(cliente, q=str(termo)) == ["Associação Açucena"]
    assert _nomes(cliente, tipo_convenente__id__exact="0") == []


@pytest.mark.parametrize(
    "busca", [{"q": "\0"}, {"fila": "\0"}, {"p": "999"}, {"o": "x.9.-3"}, {"tipo": "\0"}]
)
def test_a_damaged_address_opens_some_page(cliente: Client, busca: dict[str, str]) -> None:
    assert cliente.get(FILA, busca, follow=True).status_code in {200, 400}


def test_days_of_waiting_are_days_of_minas_and_end_with_the_decision(cliente: Client) -> None:
    hoje = datetime.now(ZoneInfo("America/Sao_Paulo")).replace(hour=0, minute=1)
    Solicitacao.objects.filter(pk=cena.enviada(razao_social="Hoje").pk).update(enviada_em=hoje)
    cena.enviada(dias=1, razao_social="Ontem")
    cena.enviada(dias=12, razao_social="Faz tempo")
    _em(Estado.APROVADA, "Decidida", decidida_em=timezone.now())
    pagina = cliente.get(FILA, {"fila": "todas"}).content.decode()
    esperas = [linha.split("<")[0] for linha in pagina.split('<td class="field-espera">')[1:]]
    assert sorted(esperas) == ["0 dias", "1 dia", "12 dias", "–"]


def test_a_page_of_fifty_asks_the_database_as_often_as_a_page_of_one(cliente: Client) -> None:
    modelo = cena.enviada()
    Solicitacao.objects.filter(pk=modelo.pk).update(estado=Estado.APROVADA)
    cliente.get(FILA)  # content types and the like are read once
    quantas = []
    for total in (1, 50):
        Solicitacao.objects.bulk_create(
            Solicitacao(
                tipo=modelo.tipo,
                estado=Estado.APROVADA,
                cnpj=modelo.cnpj,
                convenente=modelo.convenente,
                tipo_convenente=modelo.tipo_convenente,
                pasta=modelo.pasta,
                protocolo=str(uuid4())[:20],
                criada_por=modelo.criada_por,
                enviada_em=modelo.enviada_em,
                analista=modelo.criada_por,
            )
            for _ in range(total - Solicitacao.objects.count())
        )
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert len(_nomes(cliente, fila="decididas")) == total
        quantas.append(len(consultas))
    assert quantas[0] == quantas[1]


def test_the_stock_pages_give_way_to_the_desk(cliente: Client) -> None:
    solicitacao = cena.enviada()
    assert cena.mesa(solicitacao) in cliente.get(FILA).content.decode()
    for metodo in (cliente.get, cliente.post):
        resposta = metodo(reverse("admin:convenentes_solicitacao_change", args=[solicitacao.pk]))
        assert resposta["Location"] == cena.mesa(solicitacao)
    desconhecida = cliente.get(reverse("admin:convenentes_solicitacao_change", args=[0]))
    assert desconhecida["Location"] == reverse("admin:index")
