"""What a fund or municipal entity takes from its município is asked of nobody else, and holds."""

from datetime import date

import pytest
from django.utils import timezone

from contas.fabricas import usuario
from convenentes import atualizacao, fabricas, itens, situacao
from convenentes.models import Solicitacao
from documentos.models import Escopo, Exigencia

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tipo", ["fms", "fmas", "ent_pub_municipal"])
def test_the_inscription_does_not_ask_for_the_papers_of_the_municipio(tipo: str) -> None:
    solicitacao = fabricas.rascunho_de(tipo)
    pedidas = {item.exigencia.escopo for item in itens.do_pedido(solicitacao) if item.exigencia}
    assert Escopo.CONVENENTE in pedidas
    assert Escopo.ENTE_CONTROLADOR not in pedidas


def test_an_update_of_a_fund_does_not_offer_the_papers_of_the_municipio() -> None:
    rascunho = fabricas.rascunho_de("fms")
    rascunho.tipo = Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS
    oferecidas = {exigencia.codigo for exigencia in atualizacao.exigencias_disponiveis(rascunho)}
    assert "fms_rag" in oferecidas
    assert "cnd_federal_fundo" not in oferecidas


@pytest.fixture
def hoje() -> date:
    return timezone.localdate()


def test_a_certificate_of_the_municipio_proves_the_line_of_its_fund(hoje: date) -> None:
    analista = usuario(is_staff=True)
    municipio = fabricas.convenente_ativo("municipio", hoje, analista)
    fundo = fabricas.convenente_ativo("fms", hoje, analista, ente_controlador=municipio.cnpj)
    do_ente = Exigencia.objects.filter(escopo=Escopo.ENTE_CONTROLADOR).values_list("codigo", flat=True)
    estados = {linha.codigo: linha.estado for linha in situacao.linhas(hoje, [fundo.pk])}
    assert {estados[codigo] for codigo in do_ente if codigo in estados} <= {"vigente", "vence_em_breve"}
    assert situacao.quadro(fundo, hoje).regular
