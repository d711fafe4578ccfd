"""One representante legal after the other: hand-over, substitution with return, delegation, renúncia."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.fabricas import SENHA, usuario
from contas.models import Usuario
from convenentes import analise, situacao, sucessao, vinculos
from convenentes.models import Comprovacao, Convenente, PapelVinculo, Solicitacao, Vinculo
from documentos.assinatura import SenhaIncorreta
from tests.convenentes import mandatos, pedidos
from tests.convenentes.mandatos import quem_representa

pytestmark = pytest.mark.django_db
ONTEM, AMANHA, MES = (hoje() + timedelta(days=d) for d in (-1, 1, 30))


@pytest.fixture
def analista() -> Usuario:
    return usuario(is_staff=True)


def _linha(convenente: Convenente, codigo: str, dia: date) -> situacao.Linha:
    return next(x for x in situacao.linhas(dia, [convenente.pk]) if x.codigo == codigo)


def _avisados(tipo: str) -> set[str]:
    return set(Mensagem.objects.filter(tipo=tipo).values_list("para", flat=True))


def test_at_approval_the_new_person_represents_and_the_former_does_not(analista: Usuario) -> None:
    convenente, nova = pedidos.ativo(), usuario()
    antigo = pedidos.representante_de(convenente)
    mandatos.aprovado(convenente, analista, nova)
    assert quem_representa(convenente, ONTEM) == antigo
    assert quem_representa(convenente, hoje()) == nova
    assert {antigo.email} == _avisados("convenentes.representante_alterado")
    assert {nova.email} == _avisados("convenentes.decisao") == _avisados("convenentes.posse")


def test_an_approval_in_december_changes_who_represents_on_the_first_of_january(analista: Usuario) -> None:
    convenente, nova = pedidos.ativo(), usuario()
    antigo = pedidos.representante_de(convenente)
    mandatos.aprovado(convenente, analista, nova, mandato_de=MES)
    assert quem_representa(convenente, MES - timedelta(days=1)) == antigo
    assert quem_representa(convenente, MES) == nova
    assert _avisados("convenentes.posse") == set()
    sucessao.iniciar_periodos(MES)
    sucessao.iniciar_periodos(MES)
    assert _avisados("convenentes.posse") == {nova.email}


def test_a_mandate_that_began_before_the_approval_begins_with_it(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    antigo = pedidos.representante_de(convenente)
    mandatos.aprovado(convenente, analista, mandato_de=hoje() - timedelta(days=40))
    assert quem_representa(convenente, ONTEM) == antigo


def test_the_papers_of_the_person_count_from_the_start_of_the_mandate_to_its_end(analista: Usuario) -> None:
    convenente, fim = pedidos.ativo(), MES + timedelta(days=1400)
    pedidos.comprovar(convenente, "rl_identidade", analista)
    mandatos.aprovado(convenente, analista, mandato_de=MES, mandato_ate=fim)
    vespera = MES - timedelta(days=1)
    assert _linha(convenente, "rl_identidade", vespera).valido_ate == vespera
    assert _linha(convenente, "rl_posse", vespera).estado == "nao_apresentado"
    assert _linha(convenente, "rl_posse", MES).valido_ate == fim


def test_the_papers_of_the_organisation_hold_until_the_end_of_the_mandate_before(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    fim = convenente.vinculos.get().mandato_ate
    assert fim is not None
    pedidos.comprovar(convenente, "osc_estatuto", analista)
    mandatos.aprovado(convenente, analista)
    assert _linha(convenente, "osc_estatuto", hoje()).valido_ate == fim
    assert _linha(convenente, "osc_estatuto", fim + timedelta(days=1)).estado == "vencido"


def test_what_waits_for_a_signature_passes_to_the_new_representante_with_notice(analista: Usuario) -> None:
    convenente, nova = pedidos.ativo(), usuario()
    esperando = pedidos.atualizacao_de(convenente, "crf_fgts")
    Solicitacao.objects.filter(pk=esperando.pk).update(
        estado=Solicitacao.Estado.AGUARDANDO_ASSINATURA, encaminhada_em=timezone.now()
    )
    mandatos.aprovado(convenente, analista, nova)
    evento = esperando.eventos.get(tipo="assinatura_com_novo_representante")
    assert evento.dados == {"nome": nova.nome}
    assert sucessao.a_assinar(convenente) == [esperando]


def test_a_re_election_gives_a_new_mandate_with_its_own_papers(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    pessoa = pedidos.representante_de(convenente)
    mandatos.aprovado(convenente, analista, pessoa, motivo="reeleicao", mandato_de=MES)
    primeiro, segundo = Vinculo.objects.filter(usuario=pessoa).order_by("periodo")
    assert (primeiro.periodo.upper, segundo.periodo.lower) == (MES, MES)
    assert {c.mandato for c in Comprovacao.objects.filter(mandato__isnull=False)} == {segundo}


def test_refused_nothing_changes_and_everybody_is_told(analista: Usuario) -> None:
    convenente, nova = pedidos.ativo(), usuario()
    antigo = pedidos.representante_de(convenente)
    analise.indeferir(
        mandatos.enviado(convenente, nova), analista, pedidos.motivo(), "A ata não é registrada."
    )
    assert quem_representa(convenente, hoje()) == antigo
    assert _avisados("convenentes.alteracao_sem_efeito") == {antigo.email}
    assert _avisados("convenentes.decisao") == {nova.email}


def test_a_refused_paper_of_group_ii_prevents_the_approval(analista: Usuario) -> None:
    solicitacao = mandatos.enviado(pedidos.ativo())
    pedidos.julgar(solicitacao, analista, "rl_posse")
    with pytest.raises(analise.DecisaoIncompleta, match="Ata de eleição"):
        analise.aprovar(solicitacao, analista)


def test_a_period_that_is_over_by_the_day_of_the_decision_is_not_approved(analista: Usuario) -> None:
    solicitacao = mandatos.enviado(pedidos.ativo(), mandato_ate=ONTEM, mandato_de=ONTEM)
    pedidos.julgar(solicitacao, analista)
    with pytest.raises(analise.DecisaoIncompleta, match="já terminou"):
        analise.aprovar(solicitacao, analista)


def test_after_a_substitution_the_titular_returns_with_the_same_papers(analista: Usuario) -> None:
    convenente, vice = pedidos.ativo(), usuario()
    titular, fim = pedidos.representante_de(convenente), MES + timedelta(days=60)
    volta = fim + timedelta(days=1)
    pedidos.comprovar(convenente, "rl_identidade", analista)
    mandatos.aprovado(convenente, analista, vice, motivo="substituicao", mandato_de=MES, mandato_ate=fim)
    assert [quem_representa(convenente, d) for d in (MES - timedelta(days=1), MES, fim, volta)] == [
        titular,
        vice,
        vice,
        titular,
    ]
    assert _linha(convenente, "rl_identidade", MES).valido_ate == fim
    retorno = Vinculo.objects.get(retoma__isnull=False)
    assert _linha(convenente, "rl_identidade", volta).valido_ate == retorno.mandato_ate
    sucessao.iniciar_periodos(volta)
    assert _avisados("convenentes.posse") == {titular.email}


def test_what_the_organisation_proves_during_a_substitution_holds_for_the_mandate_of_the_titular(
    analista: Usuario,
) -> None:
    convenente = pedidos.ativo()
    titular = convenente.vinculos.get()
    mandatos.aprovado(convenente, analista, motivo="substituicao", mandato_ate=MES)
    assert sucessao.mandato_das_provas(convenente, "convenente", hoje()) == titular
    pessoal = sucessao.mandato_das_provas(convenente, "representante", hoje())
    assert pessoal is not None
    assert pessoal.usuario != titular.usuario


def test_a_second_substitution_interrupts_the_return_and_the_papers_still_count(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    titular = convenente.vinculos.get()
    pedidos.comprovar(convenente, "rl_identidade", analista)
    for inicio in (hoje(), MES):
        mandatos.aprovado(
            convenente,
            analista,
            motivo="substituicao",
            mandato_de=inicio,
            mandato_ate=inicio + timedelta(days=5),
        )
    volta = MES + timedelta(days=6)
    assert quem_representa(convenente, MES - timedelta(days=1)) == titular.usuario
    assert quem_representa(convenente, volta) == titular.usuario
    assert set(Vinculo.objects.exclude(retoma=None).values_list("retoma", flat=True)) == {titular.pk}
    assert _linha(convenente, "rl_identidade", volta).valido_ate == titular.mandato_ate


def test_who_is_elected_during_a_substitution_takes_the_place_of_the_return_too(analista: Usuario) -> None:
    convenente, eleita = pedidos.ativo(), usuario()
    mandatos.aprovado(convenente, analista, motivo="substituicao", mandato_ate=MES)
    mandatos.aprovado(convenente, analista, eleita, mandato_de=AMANHA)
    assert {quem_representa(convenente, d) for d in (AMANHA, MES, MES + timedelta(days=1))} == {eleita}


def test_a_delegation_ends_with_its_act_or_with_the_mandate_it_comes_from(analista: Usuario) -> None:
    convenente, delegada = pedidos.ativo(), usuario()
    titular = convenente.vinculos.get()
    solicitacao = mandatos.enviado(convenente, delegada, motivo="delegacao", mandato_ate=date(2190, 1, 1))
    ato = pedidos.item_de(solicitacao, "rl_procuracao").documento
    assert ato is not None
    ato.valido_ate = MES
    ato.save()
    pedidos.julgar(solicitacao, analista)
    analise.aprovar(solicitacao, analista)
    assert quem_representa(convenente, MES) == delegada
    assert quem_representa(convenente, MES + timedelta(days=1)) == titular.usuario


def test_nobody_delegates_where_nobody_represents(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    convenente.vinculos.update(periodo=(hoje() - timedelta(days=900), hoje()))
    solicitacao = mandatos.enviado(convenente, motivo="delegacao", mandato_ate=MES)
    pedidos.julgar(solicitacao, analista)
    with pytest.raises(analise.DecisaoIncompleta, match="delegue"):
        analise.aprovar(solicitacao, analista)


def test_a_renuncia_ends_the_link_on_the_chosen_day_and_everybody_is_told() -> None:
    convenente = pedidos.ativo(usuario())
    vinculo = convenente.vinculos.get()
    sucessao.renunciar(vinculo, vinculo.usuario, SENHA, hoje())
    assert quem_representa(convenente, hoje()) is None
    assert quem_representa(convenente, ONTEM) == vinculo.usuario
    assert _avisados("convenentes.renuncia") == {vinculo.usuario.email}
    assert not situacao.quadro(convenente, hoje()).regular


def test_a_renuncia_needs_the_password_and_a_day_within_the_mandate() -> None:
    convenente = pedidos.ativo(usuario())
    vinculo = convenente.vinculos.get()
    with pytest.raises(SenhaIncorreta):
        sucessao.renunciar(vinculo, vinculo.usuario, "outra senha", hoje())
    for dia in (ONTEM, vinculo.periodo.upper):
        with pytest.raises(sucessao.NaoRenunciavel):
            sucessao.renunciar(vinculo, vinculo.usuario, SENHA, dia)
    assert quem_representa(convenente, hoje()) == vinculo.usuario


def test_when_a_substitute_renounces_the_titular_returns_on_that_day_and_everybody_is_told(
    analista: Usuario,
) -> None:
    convenente, vice, responsavel = pedidos.ativo(), usuario(), usuario()
    titular = pedidos.representante_de(convenente)
    vinculos.ligar(responsavel, convenente, PapelVinculo.RESPONSAVEL, por=None, inicio=hoje())
    mandatos.aprovado(convenente, analista, vice, motivo="substituicao", mandato_ate=MES)
    sucessao.renunciar(_mandato(convenente, hoje()), vice, SENHA, AMANHA)
    assert quem_representa(convenente, hoje()) == vice
    assert quem_representa(convenente, AMANHA) == titular
    assert _avisados("convenentes.renuncia") == {vice.email, titular.email, responsavel.email}
    sucessao.iniciar_periodos(AMANHA)
    assert titular.email in _avisados("convenentes.posse")


def _mandato(convenente: Convenente, dia: date) -> Vinculo:
    return Vinculo.objects.vigentes(dia).get(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)


def test_a_titular_who_renounces_before_a_substitution_does_not_return_after_it(analista: Usuario) -> None:
    convenente, vice = pedidos.ativo(usuario()), usuario()
    titular = pedidos.representante_de(convenente)
    mandatos.aprovado(
        convenente,
        analista,
        vice,
        motivo="substituicao",
        mandato_de=AMANHA,
        mandato_ate=MES,
    )
    sucessao.renunciar(_mandato(convenente, hoje()), titular, SENHA, hoje())
    assert [quem_representa(convenente, d) for d in (hoje(), MES, MES + timedelta(days=1))] == [
        None,
        vice,
        None,
    ]
