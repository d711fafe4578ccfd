"""One button resolves a line: it opens or goes on with the right request, already holding the line's item."""

from uuid import uuid4

import pytest

from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import analise, assinaturas, atualizacao, situacao
from convenentes.atualizacao import NaoAtualizavel, NaoResolvivel
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from documentos.models import Exigencia, Norma
from documentos.normas import alterar, publicar
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def registro() -> Convenente:
    return pedidos.ativo()


def resolver(registro: Convenente, codigo: str) -> ItemSolicitacao:
    return atualizacao.resolver(registro, codigo, pedidos.representante_de(registro), uuid4())


def _estado(registro: Convenente, codigo: str) -> str:
    return next(x.estado for x in situacao.linhas(hoje(), [registro.pk]) if x.codigo == codigo)


def test_it_opens_the_request_with_the_item_inside(registro: Convenente) -> None:
    item = resolver(registro, "cndt")
    assert item.solicitacao.tipo == Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS
    assert item.exigencia is not None
    assert (item.exigencia.codigo, item.estado) == ("cndt", "a_preencher")


def _nova_versao(codigo: str, **campos: object) -> None:
    norma = Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=hoje())
    nova = alterar(norma, Exigencia.objects.get(codigo=codigo))
    Exigencia.objects.filter(pk=nova.pk).update(**campos)
    publicar(norma)


def test_a_line_of_data_opens_the_other_kind_of_request(registro: Convenente) -> None:
    _nova_versao("cndt", pedido="dados")
    assert resolver(registro, "cndt").solicitacao.tipo == Solicitacao.Tipo.ATUALIZACAO_DADOS


def test_a_second_line_goes_into_the_open_request(registro: Convenente) -> None:
    primeira, segunda = resolver(registro, "cndt"), resolver(registro, "cnpj")
    assert primeira.solicitacao == segunda.solicitacao
    assert resolver(registro, "cndt") == primeira


def test_a_double_click_is_one_even_after_the_request_ended(registro: Convenente) -> None:
    chave, pessoa = uuid4(), pedidos.representante_de(registro)
    primeira = atualizacao.resolver(registro, "cndt", pessoa, chave)
    Solicitacao.objects.update(estado="cancelada")
    assert atualizacao.resolver(registro, "cndt", pessoa, chave) == primeira
    assert atualizacao.resolver(registro, "cnpj", pessoa, chave).solicitacao != primeira.solicitacao


def test_a_request_under_review_takes_no_new_line_but_shows_its_own(registro: Convenente) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    assert resolver(registro, "cndt") == item_de(pedido, "cndt")
    with pytest.raises(NaoResolvivel, match="Depois da decisão"):
        resolver(registro, "cnpj")


@pytest.mark.parametrize("codigo", ["cadin_mg", "mrosc_tempo_existencia"])
def test_registers_and_computed_lines_are_not_for_people(registro: Convenente, codigo: str) -> None:
    with pytest.raises(NaoResolvivel, match="não se resolve por uma solicitação"):
        resolver(registro, codigo)
    assert not Solicitacao.objects.exists()


def test_a_line_that_is_not_asked_of_the_type_is_not_resolved(registro: Convenente) -> None:
    with pytest.raises(NaoResolvivel, match="não vale mais"):
        resolver(registro, "fms_rag")


def test_a_blocked_record_takes_no_update(registro: Convenente) -> None:
    Convenente.objects.update(estado="bloqueado")
    with pytest.raises(NaoAtualizavel):
        resolver(registro, "cndt")


def test_a_refused_clause_is_judged_again_against_the_statute(registro: Convenente) -> None:
    analista, codigo = usuario(is_staff=True), "mrosc_clausula_finalidade"
    recusada = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt", codigo))
    pedidos.julgar(recusada, analista, codigo)
    analise.aprovar(recusada, analista)
    assert _estado(registro, codigo) == "recusado"
    item = resolver(registro, codigo)
    assert item.estado == ItemSolicitacao.Estado.PREENCHIDO
    pedido = pedidos.enviar(item.solicitacao)
    pedidos.julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    assert _estado(registro, codigo) == "vigente"


def test_a_declaration_that_only_informs_is_signed_when_it_was_chosen(registro: Convenente) -> None:
    _nova_versao("osc_decl_art39", causa_irregularidade=False)
    item = resolver(registro, "osc_decl_art39")
    assert item in assinaturas.a_assinar(item.solicitacao)
    item.estado = ItemSolicitacao.Estado.NAO_SE_APLICA
    item.save()
    assert item not in assinaturas.a_assinar(item.solicitacao)
