"""What the team needs to decide, what it may not do, and what a decision brings about."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, inscricao, itens, rascunho, situacao
from convenentes.analise import DecisaoIncompleta, ForaDeAnalise
from convenentes.models import (
    Comprovacao,
    Convenente,
    Decisao,
    ItemSolicitacao,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
    Vinculo,
)
from documentos.models import Validade
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


# --- approval ----------------------------------------------------------------------------------------


def test_an_approved_inscription_becomes_an_active_record_with_a_number(analista: Usuario) -> None:
    pedido = em_analise("osc", razao_social="Associação Aurora")
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.APROVADA
    assert pedido.decidida_em is not None
    registro = pedido.convenente
    assert registro is not None
    assert (registro.estado, registro.razao_social) == (Convenente.Estado.ATIVO, "Associação Aurora")
    assert registro.numero is not None
    assert [d.nome for d in registro.dirigentes.all()] == ["Dirigente"]


def test_each_record_gets_a_number_of_its_own(analista: Usuario) -> None:
    numeros = []
    for _ in range(2):
        pedido = em_analise()
        julgar(pedido, analista)
        registro = analise.aprovar(pedido, analista).convenente
        assert registro is not None
        numeros.append(registro.numero)
    assert numeros[1] == (numeros[0] or 0) + 1


def test_approval_gives_everybody_with_an_account_the_role_in_the_record(analista: Usuario) -> None:
    hoje = timezone.localdate()
    pedido = em_analise(mandato_de=hoje - timedelta(days=10), mandato_ate=hoje + timedelta(days=20))
    Participante.objects.create(
        solicitacao=pedido,
        papel=PapelVinculo.USUARIO,
        cpf="52998224725",
        nome="Sem Conta",
        email="sem@example.org",
        criado_por=pedido.criada_por,
    )
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    vinculos = {v.papel: v for v in Vinculo.objects.filter(convenente=pedido.convenente)}
    assert set(vinculos) == {PapelVinculo.REPRESENTANTE, PapelVinculo.RESPONSAVEL}
    representante = vinculos[PapelVinculo.REPRESENTANTE]
    assert (representante.periodo.lower, representante.periodo.upper, representante.mandato_ate) == (
        hoje - timedelta(days=10),
        hoje + timedelta(days=21),
        hoje + timedelta(days=20),
    )
    assert (representante.cargo, representante.origem) == ("Presidente", pedido)
    responsavel = vinculos[PapelVinculo.RESPONSAVEL]
    assert (responsavel.usuario, responsavel.periodo.lower, responsavel.periodo.upper) == (
        pedido.criada_por,
        hoje,
        None,
    )


@pytest.mark.parametrize("comeca_em", [-10, 15])
def test_proofs_of_the_mandate_belong_to_it_also_before_it_begins(comeca_em: int, analista: Usuario) -> None:
    pedido = em_analise("osc", mandato_de=timezone.localdate() + timedelta(days=comeca_em))
    julgar(pedido, analista)
    registro = analise.aprovar(pedido, analista).convenente
    mandato = Vinculo.objects.get(convenente=registro, papel=PapelVinculo.REPRESENTANTE)
    provas = Comprovacao.objects.filter(convenente=registro)
    do_mandato = provas.filter(documento__tipo__validade__in=[Validade.MANDATO, Validade.EMISSAO90_MANDATO])
    assert do_mandato.exists()
    assert set(do_mandato.values_list("mandato", flat=True)) == {mandato.pk}
    assert set(provas.difference(do_mandato).values_list("mandato", flat=True)) == {None}


def test_each_accepted_item_proves_its_line_and_names_its_decision(analista: Usuario) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista, "cndt")
    registro = analise.aprovar(pedido, analista).convenente
    provas = Comprovacao.objects.filter(convenente=registro)
    aceitos = pedido.itens.filter(estado="aceito", exigencia__isnull=False)
    assert set(provas.values_list("exigencia", "documento")) == set(
        aceitos.values_list("exigencia", "documento")
    )
    assert {p.decisao.resultado for p in provas.select_related("decisao")} == {"aceito"}
    assert all(p.decisao.item and p.decisao.item.exigencia_id == p.exigencia_id for p in provas)


@pytest.mark.parametrize("codigo", ["cnpj", "rl_identidade", Secao.DADOS, Secao.REPRESENTANTE])
def test_an_inscription_needs_its_data_and_groups_i_and_ii_accepted(codigo: str, analista: Usuario) -> None:
    pedido = em_analise()
    julgar(pedido, analista, codigo)
    with pytest.raises(DecisaoIncompleta) as erro:
        analise.aprovar(pedido, analista)
    assert item_de(pedido, codigo).nome in str(erro.value)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE
    assert not Comprovacao.objects.exists()
    assert item_de(pedido, codigo).parecer == RECUSADO


def test_a_gap_in_the_other_groups_is_a_partial_approval_and_leaves_the_record_irregular(
    analista: Usuario,
) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista, "cndt")
    analise.aprovar(pedido, analista)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.APROVADA_PARCIALMENTE
    registro = pedido.convenente
    assert registro is not None
    quadro = situacao.quadro(registro, timezone.localdate())
    assert [linha.codigo for linha in quadro.irregulares if linha.estado == "recusado"] == ["cndt"]


def test_an_update_whose_every_item_is_refused_is_not_an_approval(analista: Usuario) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(pedidos.ativo(), "cnpj", "cndt"))
    julgar(pedido, analista, "cnpj", "cndt")
    with pytest.raises(DecisaoIncompleta, match="Todos os itens foram recusados"):
        analise.aprovar(pedido, analista)


def test_what_was_accepted_before_a_return_may_be_approved_when_the_correction_is_refused_again(
    analista: Usuario,
) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(pedidos.ativo(), "cnpj", "cndt"))
    julgar(pedido, analista, "cndt")
    analise.devolver(pedido, analista)
    pedido.itens.filter(exigencia__codigo="cndt").update(estado="preenchido")
    pedidos.enviar(pedido)
    julgar(pedido, analista, "cndt")
    aprovada = analise.aprovar(pedido, analista)
    assert aprovada.estado == Solicitacao.Estado.APROVADA_PARCIALMENTE
    assert [p.exigencia.codigo for p in Comprovacao.objects.all()] == ["cnpj"]


def test_an_update_may_be_approved_without_groups_i_and_ii(analista: Usuario) -> None:
    pedido = pedidos.enviar(pedidos.atualizacao_de(pedidos.ativo(), "cnpj", "cndt"))
    julgar(pedido, analista, "cnpj")
    assert analise.aprovar(pedido, analista).estado == Solicitacao.Estado.APROVADA_PARCIALMENTE


def test_an_update_that_is_refused_keeps_the_accepted_proof(analista: Usuario) -> None:
    registro = pedidos.ativo()
    pedidos.comprovar(registro, "cndt", analista)
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    analise.indeferir(pedido, analista, motivo(), "Não confere.")
    registro.refresh_from_db()
    assert registro.estado == Convenente.Estado.ATIVO
    linhas = situacao.linhas(timezone.localdate(), [registro.pk])
    assert {linha.codigo: linha.estado for linha in linhas}["cndt"] == "vigente"


def test_an_update_keeps_the_number_and_the_links_of_the_record(analista: Usuario) -> None:
    registro = pedidos.ativo()
    antes = (registro.numero, list(registro.vinculos.values_list("pk", flat=True)))
    pedidos.comprovar(registro, "cndt", analista)
    registro.refresh_from_db()
    assert (registro.numero, list(registro.vinculos.values_list("pk", flat=True))) == antes


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


def test_a_mandate_without_end_gives_a_link_without_end(analista: Usuario) -> None:
    pedido = em_analise()
    pedido.participantes.filter(papel=PapelVinculo.REPRESENTANTE).update(
        mandato_ate=None, mandato_de=date(2025, 1, 1)
    )
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    vinculo = Vinculo.objects.get(papel=PapelVinculo.REPRESENTANTE)
    assert (vinculo.periodo.lower, vinculo.periodo.upper, vinculo.mandato_ate) == (
        date(2025, 1, 1),
        None,
        None,
    )
