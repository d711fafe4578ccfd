"""What a request asks for, and what still keeps it from being sent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import atualizacao, fabricas, itens
from convenentes.models import ItemSolicitacao, Secao, Solicitacao
from convenentes.views.etapas import link_da_falta
from documentos.models import Obtencao
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db


def test_an_empty_draft_asks_for_a_type_first() -> None:
    rascunho = fabricas.rascunho_de("uniao")
    rascunho.tipo_convenente = None
    assert [f.texto for f in itens.o_que_falta(rascunho)] == ["Escolha o tipo da organização."]


def test_each_gap_says_what_to_do() -> None:
    rascunho = fabricas.rascunho_de("osc")
    textos = [f.texto for f in itens.o_que_falta(rascunho)]
    assert "Preencha: Representante legal e mandato." in textos
    assert "Preencha: Dirigentes." in textos
    assert f"Envie: {item_de(rascunho, 'cnpj').nome}." in textos
    procuracao = item_de(rascunho, "rl_procuracao").exigencia
    assert procuracao is not None
    assert f"Responda: {procuracao.pergunta}" in textos


def test_registers_computed_lines_declarations_and_optional_papers_never_hold_a_request_back() -> None:
    rascunho = fabricas.rascunho_de("osc")
    dos_itens = {i.exigencia.codigo: i for i in itens.do_pedido(rascunho) if i.exigencia}
    assert not {"cadin_mg", "mrosc_tempo_existencia"} & set(dos_itens)
    exigidos = {f.item.exigencia.codigo for f in itens.o_que_falta(rascunho) if f.item and f.item.exigencia}
    assert not {"osc_regimento", "osc_cebas", "osc_decl_art39", "mrosc_clausula_finalidade"} & exigidos


def test_a_complete_inscription_lacks_nothing_but_a_representante() -> None:
    pedido = pedidos.pronta("uniao")
    assert itens.o_que_falta(pedido) == []
    pedido.participantes.filter(papel="representante").delete()
    assert [f.texto for f in itens.o_que_falta(pedido)] == ["Informe quem é o representante legal."]


def test_a_mandate_that_ended_while_the_draft_waited_is_not_signed() -> None:
    pedido = pedidos.pronta("uniao")
    pedido.participantes.filter(papel="representante").update(mandato_ate=hoje())
    assert itens.o_que_falta(pedido) == []
    ontem = hoje() - timedelta(days=1)
    pedido.participantes.filter(papel="representante").update(mandato_ate=ontem)
    (falta,) = itens.o_que_falta(pedido)
    assert falta.texto == f"O mandato do representante legal terminou em {ontem:%d/%m/%Y}. Informe o atual."
    assert link_da_falta(pedido, falta) == reverse("solicitacao_representante", args=[pedido.uuid])


def test_a_refused_item_is_to_correct() -> None:
    pedido = pedidos.pronta("uniao")
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado="recusado")
    assert [f.texto for f in itens.o_que_falta(pedido)] == [f"Corrija: {item_de(pedido, 'cnpj').nome}."]


def test_an_update_needs_something_to_update() -> None:
    pedido = pedidos.atualizacao_de(pedidos.ativo())
    assert [f.texto for f in itens.o_que_falta(pedido)] == [
        "Inclua ao menos um documento ou dado para atualizar."
    ]
    item = atualizacao.incluir_exigencia_no_pedido(pedido, atualizacao.exigencias_disponiveis(pedido)[0])
    assert item is not None
    assert next(f.texto for f in itens.o_que_falta(pedido)) == f"Envie: {item.nome}."


def test_a_declaration_alone_is_something_to_update() -> None:
    pedido = pedidos.atualizacao_de(pedidos.ativo())
    declaracao = next(e for e in atualizacao.exigencias_disponiveis(pedido) if e.codigo == "osc_decl_art39")
    atualizacao.incluir_exigencia_no_pedido(pedido, declaracao)
    assert itens.o_que_falta(pedido) == []


def test_an_update_of_data_need_not_touch_every_section() -> None:
    registro = pedidos.ativo()
    pedido = atualizacao.iniciar_dados(registro, pedidos.representante_de(registro), registro.uuid)
    assert {i.secao for i in itens.do_pedido(pedido) if i.secao} == {
        Secao.DADOS,
        Secao.ENDERECO,
        Secao.DIRIGENTES,
    }
    pedido.itens.filter(secao=Secao.DADOS).update(estado="preenchido")
    assert itens.o_que_falta(pedido) == []


@pytest.mark.parametrize(("areas", "exigido"), [(["crianca"], True), (["cultura"], False), ([], False)])
def test_a_paper_of_an_area_is_mandatory_only_in_it(areas: list[str], exigido: bool) -> None:
    rascunho = fabricas.rascunho_de("osc", areas=areas)
    item = item_de(rascunho, "osc_cmdca")
    assert item.exigencia is not None
    assert not itens.obrigatorio(item)  # group VI is only signalled
    item.exigencia.causa_irregularidade = True
    assert itens.obrigatorio(item) is exigido


def test_what_the_team_checks_is_never_mandatory_for_people() -> None:
    item = item_de(fabricas.rascunho_de("osc"), "mrosc_clausula_finalidade")
    assert item.exigencia is not None
    item.exigencia.causa_irregularidade = True
    assert not itens.obrigatorio(item)


def test_an_optional_paper_of_the_groups_that_count_is_not_mandatory() -> None:
    item = item_de(fabricas.rascunho_de("osc"), "osc_regimento")
    assert item.exigencia is not None
    item.exigencia.causa_irregularidade = True
    assert not itens.obrigatorio(item)


def test_how_an_item_is_done_follows_from_its_kind_of_document() -> None:
    rascunho = fabricas.rascunho_de("osc")
    por_obtencao = {
        i.tipo_documento.obtencao: (itens.anexado(i), itens.assinado(i), itens.so_da_equipe(i))
        for i in itens.do_pedido(rascunho)
        if i.tipo_documento
    }
    assert por_obtencao == {
        Obtencao.UPLOAD: (True, False, False),
        Obtencao.SELFIE: (True, False, False),
        Obtencao.GERADO: (False, True, False),
        Obtencao.MODELO: (False, True, False),
        Obtencao.FORMULARIO: (False, True, False),
        Obtencao.ANALISE: (False, False, True),
    }


def test_an_item_without_kind_of_document_is_not_mandatory() -> None:
    exigencia = item_de(fabricas.rascunho_de("uniao"), "cnpj").exigencia
    assert not itens.obrigatorio(ItemSolicitacao(solicitacao=Solicitacao(), exigencia=exigencia))


def test_an_obligation_enters_a_request_once() -> None:
    pedido = pedidos.atualizacao_de(pedidos.ativo(), "cnpj")
    antes = item_de(pedido, "cnpj")
    assert antes.exigencia is not None
    assert itens.incluir_exigencia(pedido, antes.exigencia, 1) == antes
    itens.incluir_declaracao_do_pedido(pedido)
    assert pedido.itens.count() == 2


def test_the_items_of_a_request_take_a_constant_number_of_queries(django_assert_num_queries) -> None:
    pequeno, grande = pedidos.pronta("uniao"), pedidos.pronta("osc")
    for pedido in (pequeno, grande):
        with django_assert_num_queries(5):
            assert [i.nome for i in itens.do_pedido(pedido) if itens.obrigatorio(i)]
