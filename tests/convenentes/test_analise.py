"""What the team needs to decide, what it may not do, and what a decision brings about."""

from datetime import date

import pytest

from cagec.correio.models import Mensagem
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, inscricao, itens, rascunho
from convenentes.analise import DecisaoIncompleta, ForaDeAnalise, ParteInteressada
from convenentes.models import (
    Convenente,
    Decisao,
    ItemSolicitacao,
    PapelVinculo,
    Secao,
    Solicitacao,
    Vinculo,
)
from tests.convenentes import pedidos
from tests.convenentes.pedidos import ACEITO, RECUSADO, em_analise, item_de, julgar, motivo

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    return usuario(is_staff=True)


def estado_de(solicitacao: Solicitacao, codigo: str) -> str:
    return item_de(solicitacao, codigo).estado


# --- opinions ----------------------------------------------------------------------------------------


def test_an_opinion_is_kept_to_the_team_and_takes_the_request(analista: Usuario) -> None:
    pedido = em_analise()
    analise.dar_parecer(item_de(pedido, "cnpj"), analista, RECUSADO, motivo(), "Está ilegível.")
    item = item_de(pedido, "cnpj")
    assert (item.estado, item.parecer, item.motivo, item.texto) == (
        "preenchido",
        "recusado",
        motivo(),
        "Está ilegível.",
    )
    pedido.refresh_from_db()
    assert pedido.analista == analista
    assert [e.tipo for e in pedido.eventos.filter(por=analista)] == ["assumida"]
    assert not Decisao.objects.exists()
    assert not Mensagem.objects.exists()


@pytest.mark.parametrize("papel", list(PapelVinculo))
def test_nobody_judges_the_request_of_an_organisation_of_ones_own(analista: Usuario, papel: str) -> None:
    pedido = em_analise()
    assert pedido.convenente is not None
    # Long over: who once acted for it has an interest too.
    periodo = (date(2019, 1, 1), date(2020, 1, 1))
    Vinculo.objects.create(usuario=analista, convenente=pedido.convenente, papel=papel, periodo=periodo)
    with pytest.raises(ParteInteressada):
        analise.dar_parecer(item_de(pedido, "cnpj"), analista, ACEITO)
    with pytest.raises(ParteInteressada):
        analise.indeferir(pedido, analista, motivo(), "Não.")


def test_nobody_judges_a_request_that_one_was_named_in(analista: Usuario) -> None:
    pedido = em_analise()
    pedido.participantes.filter(papel=PapelVinculo.RESPONSAVEL).update(usuario=None, cpf=analista.cpf)
    with pytest.raises(ParteInteressada):
        analise.assumir(pedido, analista)


def test_an_acceptance_takes_back_the_reason_of_an_earlier_refusal(analista: Usuario) -> None:
    pedido = em_analise()
    analise.dar_parecer(item_de(pedido, "cnpj"), analista, RECUSADO, motivo(), "Está ilegível.")
    analise.dar_parecer(item_de(pedido, "cnpj"), analista, ACEITO)
    item = item_de(pedido, "cnpj")
    assert (item.parecer, item.motivo, item.texto) == ("aceito", None, "")
    assert pedido.eventos.filter(tipo="assumida").count() == 1


def test_a_refusal_needs_a_reason(analista: Usuario) -> None:
    pedido = em_analise()
    with pytest.raises(DecisaoIncompleta, match="Escolha o motivo da recusa de “"):
        analise.dar_parecer(item_de(pedido, "cnpj"), analista, RECUSADO)
    assert item_de(pedido, "cnpj").parecer == ""


def test_an_item_that_does_not_apply_takes_no_opinion(analista: Usuario) -> None:
    pedido = em_analise()
    analise.dar_parecer(item_de(pedido, "rl_procuracao"), analista, ACEITO)
    assert item_de(pedido, "rl_procuracao").parecer == ""


def test_nothing_is_decided_outside_the_analysis(analista: Usuario) -> None:
    pedido = em_analise()
    item = item_de(pedido, "cnpj")
    for estado in set(Solicitacao.Estado) - {Solicitacao.Estado.EM_ANALISE}:
        Solicitacao.objects.filter(pk=pedido.pk).update(estado=estado)
        for acao in (
            lambda: analise.assumir(pedido, analista),
            lambda: analise.dar_parecer(item, analista, ACEITO),
            lambda: analise.devolver(pedido, analista),
            lambda: analise.aprovar(pedido, analista),
            lambda: analise.indeferir(pedido, analista, motivo(), ""),
        ):
            with pytest.raises(ForaDeAnalise, match="não está mais em análise"):
                acao()
    assert not Decisao.objects.exists()


# --- return with pendências --------------------------------------------------------------------------


def test_every_item_needs_an_opinion_before_a_decision(analista: Usuario) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista)
    pedido.itens.filter(exigencia__codigo="cndt").update(parecer="")
    for decidir in (analise.aprovar, analise.devolver):
        with pytest.raises(DecisaoIncompleta, match=r"^Falta dar parecer em: Certidão[^;]*\.$"):
            decidir(pedido, analista)


def test_a_return_needs_a_refusal(analista: Usuario) -> None:
    pedido = em_analise()
    julgar(pedido, analista)
    with pytest.raises(DecisaoIncompleta, match="recuse ao menos um item"):
        analise.devolver(pedido, analista)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE


def test_a_return_publishes_every_opinion_and_opens_only_what_was_refused(analista: Usuario) -> None:
    pedido = em_analise()
    julgar(pedido, analista, "cnpj", Secao.ENDERECO)
    analise.devolver(pedido, analista, "Falta pouco.")
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.COM_PENDENCIA
    assert pedido.pendencia_desde is not None
    assert (pedido.encaminhada_em, pedido.decidida_em) == (None, None)
    abertos = {i.nome for i in itens.do_pedido(pedido) if itens.aberto_a_mudanca(i) and i.documento}
    assert abertos == {item_de(pedido, "cnpj").nome}
    assert itens.aberto_a_mudanca(item_de(pedido, Secao.ENDERECO))
    assert not itens.aberto_a_mudanca(item_de(pedido, Secao.DADOS))
    assert not pedido.itens.exclude(parecer="").exists()
    recusa = Decisao.objects.get(item=item_de(pedido, "cnpj"))
    assert (recusa.resultado, recusa.motivo, recusa.texto) == ("recusado", motivo(), "Falta a assinatura.")
    assert recusa.documento == item_de(pedido, "cnpj").documento
    (publicada,) = analise.decisoes_publicadas(pedido)
    assert (publicada.resultado, publicada.texto) == ("devolvida", "Falta pouco.")


def test_the_declaration_of_the_request_is_signed_again_after_a_return(analista: Usuario) -> None:
    pedido = em_analise()
    julgar(pedido, analista, "cnpj")
    analise.devolver(pedido, analista)
    declaracao = pedido.itens.get(exigencia=None, secao="")
    assert (declaracao.estado, declaracao.documento) == ("a_preencher", None)


def test_what_only_the_team_acts_on_cannot_be_a_pendencia_by_itself(analista: Usuario) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista, "mrosc_clausula_finalidade")
    with pytest.raises(DecisaoIncompleta, match="que a organização possa corrigir"):
        analise.devolver(pedido, analista)


def test_what_only_the_team_acts_on_does_not_keep_a_returned_request_from_coming_back(
    analista: Usuario,
) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista, "mrosc_clausula_finalidade", "osc_estatuto")
    analise.devolver(pedido, analista)
    pedido.refresh_from_db()
    assert [f.texto for f in itens.o_que_falta(pedido)] == [
        f"Corrija: {item_de(pedido, 'osc_estatuto').nome}."
    ]
    assert Decisao.objects.get(item=item_de(pedido, "mrosc_clausula_finalidade")).resultado == "recusado"
    pedido.itens.filter(exigencia__codigo="osc_estatuto").update(estado="preenchido")
    pedidos.enviar(pedido)
    assert {i.exigencia.codigo for i in analise.itens_em_analise(pedido) if i.exigencia} == {
        "osc_estatuto",
        "mrosc_clausula_finalidade",
    }


def test_a_request_sent_again_asks_for_an_opinion_on_the_corrected_items_only(analista: Usuario) -> None:
    pedido = em_analise()
    julgar(pedido, analista, "cnpj", Secao.ENDERECO)
    analise.devolver(pedido, analista)
    pedido.refresh_from_db()
    assert not analise.enviada_de_novo(pedido)
    rascunho.salvar_secao(pedido, Secao.ENDERECO, pedido.proposta[Secao.ENDERECO])
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado="preenchido")
    pedidos.enviar(pedido)
    assert {i.nome for i in analise.itens_em_analise(pedido)} == {
        item_de(pedido, "cnpj").nome,
        item_de(pedido, Secao.ENDERECO).nome,
    }


# --- refusal of the whole ----------------------------------------------------------------------------


def test_a_refused_inscription_frees_the_cnpj_and_its_record_is_used_again(analista: Usuario) -> None:
    pedido = em_analise()
    analise.indeferir(pedido, analista, motivo(), "Não é esta a organização.")
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.INDEFERIDA
    assert pedido.convenente is not None
    assert pedido.convenente.estado == Convenente.Estado.CANCELADO
    assert pedido.natureza is not None
    inscricao.conferir_cnpj(pedido.cnpj, pedido.natureza)
    de_novo = em_analise(cnpj=pedido.cnpj)
    assert de_novo.convenente == pedido.convenente
    assert de_novo.convenente is not None
    assert de_novo.convenente.estado == Convenente.Estado.EM_INSCRICAO


def test_a_refusal_publishes_only_the_opinions_already_given(analista: Usuario) -> None:
    pedido = em_analise()
    analise.dar_parecer(item_de(pedido, "cnpj"), analista, RECUSADO, motivo(), "Ilegível.")
    analise.indeferir(pedido, analista, motivo(), "Não pode.")
    assert [d.item for d in Decisao.objects.exclude(item=None)] == [item_de(pedido, "cnpj")]
    assert estado_de(pedido, "rl_cpf") == ItemSolicitacao.Estado.PREENCHIDO
    (publicada,) = analise.decisoes_publicadas(pedido)
    assert (publicada.motivo, publicada.texto) == (motivo(), "Não pode.")


# --- mail and history --------------------------------------------------------------------------------


def test_each_person_gets_one_mail_for_the_whole_decision(analista: Usuario) -> None:
    pedido = em_analise()
    representante = pedidos.participante(pedido, PapelVinculo.REPRESENTANTE).usuario
    assert representante is not None
    julgar(pedido, analista, "cnpj", "rl_cpf")
    analise.devolver(pedido, analista)
    para = sorted(Mensagem.objects.filter(tipo="convenentes.decisao").values_list("para", flat=True))
    assert para == sorted([pedido.criada_por.email, representante.email])


def test_who_has_two_roles_gets_one_mail_too(analista: Usuario) -> None:
    pessoa = usuario()
    pedido = em_analise(responsavel=pessoa, representante=pessoa)
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    assert [m.para for m in Mensagem.objects.filter(tipo="convenentes.decisao")] == [pessoa.email]
    assert Vinculo.objects.filter(usuario=pessoa).count() == 2


def test_the_items_of_each_decision_are_those_published_with_it(analista: Usuario) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(pedidos.ativo(), "cnpj", "cndt"))
    julgar(pedido, analista, "cndt")
    analise.devolver(pedido, analista)
    pedido.itens.filter(exigencia__codigo="cndt").update(estado="preenchido")
    pedidos.enviar(pedido)
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    segunda, primeira = analise.decisoes_publicadas(pedido)
    julgados = [
        [
            (d.item.exigencia.codigo, d.resultado)
            for d in analise.itens_da_decisao(decisao)
            if d.item and d.item.exigencia
        ]
        for decisao in (primeira, segunda)
    ]
    assert julgados == [[("cnpj", "aceito"), ("cndt", "recusado")], [("cndt", "aceito")]]
    assert [(e.de, e.para) for e in pedido.eventos.filter(tipo="decidida")] == [
        ("em_analise", "com_pendencia"),
        ("em_analise", "aprovada"),
    ]
