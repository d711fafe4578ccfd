"""The list of what is missing: which lines enter, in which order, and who resolves each."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import atualizacao, pendencias, situacao
from convenentes.models import Comprovacao, Convenente, Decisao, Excecao, Fonte, ResultadoFonte, Solicitacao
from convenentes.pendencias import Pendencia
from documentos.models import Documento, Exigencia
from tests.convenentes import mandatos, pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def registro() -> Convenente:
    return pedidos.ativo(data_abertura=date(2010, 1, 1), respostas={"rl_procuracao": False})


def listar(registro: Convenente) -> dict[str, Pendencia]:
    registro.refresh_from_db()
    return {p.linha.codigo: p for p in pendencias.listar(situacao.quadro(registro, hoje()))}


def provar(registro: Convenente, codigo: str, dias: int) -> None:
    """An accepted document that is valid for so many days more."""
    exigencia = Exigencia.objects.get(codigo=codigo)
    usual = exigencia.alternativas.all()[0].tipo_documento
    pedido = atualizacao.iniciar_dados(registro, pedidos.representante_de(registro), registro.uuid)
    decisao = Decisao.objects.create(solicitacao=pedido, resultado="aprovada", analista=usuario())
    documento = Documento.objects.create(
        tipo=usual, pasta=registro.pasta, valido_ate=hoje() + timedelta(days=dias)
    )
    Comprovacao.objects.create(convenente=registro, exigencia=exigencia, documento=documento, decisao=decisao)


def responder(registro: Convenente, codigo: str, resultado: str) -> None:
    """A look-up of today in the register of the line."""
    fonte = Fonte.objects.get(codigo=Exigencia.objects.get(codigo=codigo).fonte)
    ResultadoFonte.objects.create(
        convenente=registro, fonte=fonte, resultado=resultado, consultado_em=hoje(), registrado_por=usuario()
    )


@pytest.mark.parametrize(("dias", "entra"), [(-1, True), (0, True), (60, True), (61, False)])
def test_a_line_enters_sixty_days_before_it_expires(registro: Convenente, dias: int, entra: bool) -> None:
    provar(registro, "cndt", dias)
    assert ("cndt" in listar(registro)) is entra


def test_a_register_in_order_is_nobody_s_business(registro: Convenente) -> None:
    assert "cadin_mg" in listar(registro)
    responder(registro, "cadin_mg", "sem_restricao")
    assert "cadin_mg" not in listar(registro)


def test_an_optional_paper_that_nobody_sent_is_not_missing_but_the_items_of_the_mrosc_are(
    registro: Convenente,
) -> None:
    lista = listar(registro)
    assert "osc_regimento" not in lista
    assert "mrosc_clausula_finalidade" in lista


def test_an_exception_enters_when_it_is_about_to_end(registro: Convenente) -> None:
    def afastar(dias: int) -> None:
        Excecao.objects.all().delete()
        fim = hoje() + timedelta(days=dias + 1)
        Excecao.objects.create(
            convenente=registro, codigo="cndt", lei="Lei 1", periodo=(hoje(), fim), registrada_por=usuario()
        )

    afastar(60)
    assert listar(registro)["cndt"].linha.estado == "afastada"
    afastar(61)
    assert "cndt" not in listar(registro)


def test_irregular_lines_come_first_then_by_date_and_what_only_informs_last(registro: Convenente) -> None:
    provar(registro, "cnd_federal", 40)
    provar(registro, "cndt", 5)
    provar(registro, "cdt_mg", -3)
    responder(registro, "cadin_mg", "com_restricao")  # this answer is good for some days more
    codigos = list(listar(registro))
    urgentes = [listar(registro)[c].linha.irregular for c in codigos]
    assert urgentes == sorted(urgentes, reverse=True)
    ordem = ("cnpj", "cdt_mg", "cadin_mg", "cndt", "cnd_federal", "mrosc_clausula_finalidade")
    posicoes = [codigos.index(codigo) for codigo in ordem]
    assert posicoes == sorted(posicoes)


def test_people_resolve_papers_and_clauses_but_neither_registers_nor_what_is_computed(
    registro: Convenente,
) -> None:
    Convenente.objects.update(data_abertura=None)
    lista = listar(registro)
    assert lista["cndt"].resolvivel
    assert lista["mrosc_clausula_finalidade"].resolvivel
    assert not lista["cadin_mg"].resolvivel
    assert not lista["mrosc_tempo_existencia"].resolvivel
    assert lista["cadin_mg"].fonte == Fonte.objects.get(codigo=lista["cadin_mg"].linha.fonte)


def test_nothing_is_resolved_in_a_blocked_record(registro: Convenente) -> None:
    Convenente.objects.update(estado="bloqueado")
    assert not any(p.resolvivel for p in listar(registro).values())


def test_a_line_in_an_open_request_shows_where_it_is(registro: Convenente) -> None:
    pedido = pedidos.atualizacao_de(registro, "cndt")
    lista = listar(registro)
    assert (lista["cndt"].item, lista["cndt"].resolvivel) == (item_de(pedido, "cndt"), False)
    assert lista["cnpj"].resolvivel
    Solicitacao.objects.update(estado="cancelada")
    assert listar(registro)["cndt"].item is None


def test_while_a_request_is_under_review_the_other_lines_of_its_kind_wait(registro: Convenente) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    lista = listar(registro)
    assert (lista["cnpj"].espera, lista["cnpj"].resolvivel) == (pedido, False)
    assert lista["cndt"].espera is None
    assert lista["cadin_mg"].espera is None


def test_the_list_takes_a_constant_number_of_queries(registro: Convenente, django_assert_num_queries) -> None:
    quadro = situacao.quadro(registro, hoje())
    quantas = len(pendencias.listar(quadro))
    provar(registro, "cndt", 100)
    pessoa = pedidos.representante_de(registro)
    for codigo in ("cnpj", "osc_estatuto", "cnd_federal"):
        atualizacao.resolver(registro, codigo, pessoa, uuid4())
    quadro = situacao.quadro(registro, hoje())
    with django_assert_num_queries(7):
        assert len(pendencias.listar(quadro)) == quantas - 1


def test_papers_of_the_person_come_with_a_new_mandate_and_not_with_an_update(registro: Convenente) -> None:
    assert not listar(registro)["rl_identidade"].do_mandato  # never presented, and there is who may sign
    registro.vinculos.update(periodo=(date(2020, 1, 1), hoje()))
    pendencia = listar(registro)["rl_identidade"]
    assert pendencia.do_mandato
    assert not pendencia.resolvivel


def test_the_draft_of_somebody_who_wants_to_represent_is_not_seen_in_the_list(registro: Convenente) -> None:
    mandatos.pedido(registro)
    assert listar(registro)["rl_identidade"].item is None
