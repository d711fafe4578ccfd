"""What an approval needs, and what it turns into the record: data, number, links and proofs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, situacao
from convenentes.analise import DecisaoIncompleta
from convenentes.models import (
    Comprovacao,
    Convenente,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
    Vinculo,
)
from documentos.models import Validade
from tests.convenentes import pedidos
from tests.convenentes.pedidos import RECUSADO, em_analise, item_de, julgar, motivo

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    return usuario(is_staff=True)


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


def test_what_is_accepted_before_a_change_of_mandate_belongs_to_the_one_in_force(analista: Usuario) -> None:
    registro = pedidos.ativo()
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cnpj"))
    atual = Vinculo.objects.get(convenente=registro)
    Vinculo.objects.create(
        usuario=usuario(), convenente=registro, papel=atual.papel, periodo=(atual.periodo.upper, None)
    )
    julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    assert Comprovacao.objects.get().mandato == atual


def test_each_accepted_item_proves_its_line_and_names_its_decision(analista: Usuario) -> None:
    pedido = em_analise("osc")
    julgar(pedido, analista, "cndt")
    registro = analise.aprovar(pedido, analista).convenente
    provas = Comprovacao.objects.filter(convenente=registro)
    aceitos = pedido.itens.filter(estado="aceito", exigencia__isnull=False)
    assert set(provas.values_list("exigencia", "documento")) == set(
        aceitos.values_list("exigencia", "documento")
    )
    decisoes = [(p.decisao, p.exigencia_id) for p in provas.select_related("decisao__item")]
    assert {d.resultado for d, _ in decisoes if d} == {"aceito"}
    assert all(d and d.item and d.item.exigencia_id == exigencia for d, exigencia in decisoes)


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
