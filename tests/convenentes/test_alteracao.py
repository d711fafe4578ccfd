"""Asking for another representante legal: who may, for which records, and who is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import usuario
from convenentes import (
    acesso,
    alteracao,
    analise,
    assinaturas,
    cancelamento,
    fabricas,
    itens,
    participantes,
    prazos,
    situacao,
)
from convenentes.inscricao import Impedimento
from convenentes.models import Convenente, ItemSolicitacao, PapelVinculo, Solicitacao
from documentos.models import Condicao
from tests.convenentes import mandatos, mundo, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _codigos(solicitacao: Solicitacao) -> set[str]:
    return {i.exigencia.codigo for i in itens.do_pedido(solicitacao) if i.exigencia}


def _avisados(tipo: str) -> set[str]:
    return set(Mensagem.objects.filter(tipo=tipo).values_list("para", flat=True))


def test_anybody_asks_from_the_own_login_and_proves_what_group_ii_wants() -> None:
    convenente, pessoa = pedidos.ativo(), usuario()
    (solicitacao,) = alteracao.pedir([convenente.cnpj], pessoa, uuid4(), mandatos.mandato(pessoa))
    assert solicitacao.convenente == convenente
    assert assinaturas.quem_assina(solicitacao) == [pessoa]
    assert _codigos(solicitacao) == {
        "rl_identidade",
        "rl_cpf",
        "rl_endereco",
        "rl_posse",
        "rl_selfie",
        "rl_termo_concordancia",
        "rl_autorizacao_eletronica",
    }


def test_only_a_delegation_asks_for_the_act_of_delegation_without_asking_whether_there_is_one() -> None:
    convenente, pessoa = pedidos.ativo(), usuario()
    solicitacao = mandatos.pedido(convenente, pessoa, motivo="delegacao")
    item = pedidos.item_de(solicitacao, "rl_procuracao")
    assert item.exigencia is not None
    assert item.exigencia.condicao == Condicao.SE_DELEGADO
    assert itens.obrigatorio(item)
    assert not itens.sem_resposta(item)
    alteracao.definir_mandato(solicitacao, pessoa, **mandatos.mandato(pessoa, motivo="eleicao"))
    assert "rl_procuracao" not in _codigos(solicitacao)


def test_a_responsavel_may_prepare_it_for_the_new_person_who_alone_signs() -> None:
    convenente, responsavel, nova = pedidos.ativo(), usuario(), usuario()
    (solicitacao,) = alteracao.pedir([convenente.cnpj], responsavel, uuid4(), mandatos.mandato(nova))
    assert assinaturas.quem_assina(solicitacao) == [nova]
    assert acesso.papeis_na_solicitacao(responsavel, solicitacao, hoje()) == {PapelVinculo.RESPONSAVEL}
    assert _avisados("convenentes.instrucoes") == {nova.email}


def test_who_asks_for_him_or_herself_gets_no_instructions() -> None:
    mandatos.pedido(pedidos.ativo())
    assert _avisados("convenentes.instrucoes") == set()


def test_who_represents_today_neither_opens_nor_signs_the_request_of_the_new_one() -> None:
    convenente = pedidos.ativo()
    solicitacao = mandatos.pedido(convenente)
    atual = pedidos.representante_de(convenente)
    assert acesso.papeis_na_solicitacao(atual, solicitacao, hoje()) == set()
    assert not acesso.solicitacoes_de(atual, hoje()).filter(pk=solicitacao.pk).exists()
    assert atual not in assinaturas.quem_acompanha(solicitacao)


def test_a_cnpj_without_a_record_is_told_the_way_to_the_inscription() -> None:
    pessoa = usuario()
    em_inscricao = mundo.convenente(estado=Convenente.Estado.EM_INSCRICAO, numero=None)
    for cnpj in (fabricas.cnpj_ficticio(123_321), em_inscricao.cnpj):
        with pytest.raises(Impedimento, match="não está inscrito"):
            alteracao.pedir([cnpj], pessoa, uuid4(), mandatos.mandato(pessoa))


def test_a_record_that_is_not_active_takes_no_new_representante() -> None:
    pessoa, bloqueado = usuario(), mundo.convenente(estado=Convenente.Estado.BLOQUEADO)
    with pytest.raises(Impedimento, match="não está ativo"):
        alteracao.pedir([bloqueado.cnpj], pessoa, uuid4(), mandatos.mandato(pessoa))


def test_several_cnpjs_become_one_request_each_sharing_the_papers_of_the_person() -> None:
    pessoa, convenentes = usuario(), [pedidos.ativo(), pedidos.ativo(), pedidos.ativo()]
    cnpjs = [c.cnpj for c in convenentes]
    abertas = alteracao.pedir(cnpjs, pessoa, uuid4(), mandatos.mandato(pessoa))
    assert [s.convenente for s in abertas] == convenentes
    fabricas.anexar(itens_de(abertas[0], "rl_identidade"), pessoa, hoje())
    fabricas.anexar(itens_de(abertas[0], "rl_posse"), pessoa, hoje())
    documento = pedidos.item_de(abertas[0], "rl_identidade").documento
    assert [pedidos.item_de(s, "rl_identidade").documento for s in abertas] == [documento] * 3
    assert [pedidos.item_de(s, "rl_identidade").estado for s in abertas] == ["preenchido"] * 3
    assert [pedidos.item_de(s, "rl_posse").estado for s in abertas[1:]] == ["a_preencher"] * 2


def itens_de(solicitacao: Solicitacao, codigo: str) -> ItemSolicitacao:
    item = pedidos.item_de(solicitacao, codigo)
    item.solicitacao = solicitacao
    return item


def test_one_cnpj_that_cannot_take_it_opens_none() -> None:
    pessoa, convenente = usuario(), pedidos.ativo()
    with pytest.raises(Impedimento):
        alteracao.pedir(
            [convenente.cnpj, fabricas.cnpj_ficticio(123_321)], pessoa, uuid4(), mandatos.mandato(pessoa)
        )
    assert not Solicitacao.objects.exists()


def test_a_second_click_and_a_second_try_find_the_own_draft() -> None:
    pessoa, convenente, chave = usuario(), pedidos.ativo(), uuid4()
    primeira = alteracao.pedir([convenente.cnpj], pessoa, chave, mandatos.mandato(pessoa))
    assert alteracao.pedir([convenente.cnpj], pessoa, chave, mandatos.mandato(pessoa)) == primeira
    assert alteracao.pedir([convenente.cnpj], pessoa, uuid4(), mandatos.mandato(pessoa)) == primeira


def test_a_draft_keeps_nobody_out_and_a_sent_request_does_without_saying_whose_it_is() -> None:
    convenente, segunda = pedidos.ativo(), usuario()
    primeiro = mandatos.pedido(convenente)
    dele = mandatos.pedido(convenente, segunda)
    pedidos.enviar(primeiro)
    with pytest.raises(Impedimento, match="Já há uma alteração") as erro:
        alteracao.pedir([convenente.cnpj], usuario(), uuid4(), mandatos.mandato(segunda))
    assert primeiro.criada_por.nome not in str(erro.value)
    with pytest.raises(Impedimento, match="Já há uma alteração"):
        alteracao.conferir_unica(dele)
    with pytest.raises(IntegrityError), transaction.atomic():
        pedidos.enviar(dele)


def test_a_mandate_that_ended_while_the_draft_waited_is_not_sent() -> None:
    solicitacao = mandatos.pedido(pedidos.ativo(), mandato_ate=hoje() - timedelta(days=1))
    assert "terminou" in itens.o_que_falta(solicitacao)[-1].texto


def test_when_it_is_sent_everybody_who_acts_is_told_at_once_and_the_asker_gets_a_receipt() -> None:
    convenente, pessoa = pedidos.ativo(), apoio.pessoa(41, "Nova Representante")
    responsavel, ajudante = apoio.pessoa(42, "Rita"), apoio.pessoa(43, "Ugo")
    apoio.vincular(convenente, responsavel, PapelVinculo.RESPONSAVEL)
    apoio.vincular(convenente, ajudante, PapelVinculo.USUARIO)
    solicitacao = mandatos.pedido(convenente, pessoa)
    fabricas.assinar(solicitacao, pessoa, apoio.SENHA)
    esperados = {pedidos.representante_de(convenente).email, responsavel.email, ajudante.email}
    assert _avisados("convenentes.alteracao_pedida") == esperados
    assert _avisados("convenentes.recebida") == {pessoa.email}


def test_who_represented_last_is_told_even_after_the_end_of_the_mandate() -> None:
    convenente = pedidos.ativo()
    antigo = pedidos.representante_de(convenente)
    convenente.vinculos.update(periodo=(hoje() - timedelta(days=900), hoje() - timedelta(days=30)))
    assert list(alteracao.partes(convenente, hoje())) == [antigo]
    solicitacao = mandatos.enviado(convenente)
    assert list(alteracao.contestaveis_por(antigo, hoje())) == [solicitacao]


def test_who_has_a_say_contests_and_the_team_is_told_once() -> None:
    convenente, analista = pedidos.ativo(), usuario(is_staff=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(analista)
    antigo = pedidos.representante_de(convenente)
    solicitacao, chave = mandatos.enviado(convenente), uuid4()
    primeira = alteracao.contestar(solicitacao, antigo, "Não houve eleição.", chave)
    assert alteracao.contestar(solicitacao, antigo, "Não houve eleição.", chave) == primeira
    assert [c.dados["texto"] for c in alteracao.contestacoes(solicitacao)] == ["Não houve eleição."]
    assert _avisados("convenentes.contestacao") == {analista.email}
    solicitacao.refresh_from_db()
    assert solicitacao.estado == Solicitacao.Estado.EM_ANALISE


def test_a_decided_request_is_not_contested() -> None:
    convenente = pedidos.ativo()
    antigo = pedidos.representante_de(convenente)
    solicitacao = mandatos.enviado(convenente)
    Solicitacao.objects.filter(pk=solicitacao.pk).update(estado=Solicitacao.Estado.INDEFERIDA)
    with pytest.raises(alteracao.NaoContestavel):
        alteracao.contestar(solicitacao, antigo, "Não.", uuid4())


def test_a_new_account_finds_the_request_that_waited_for_it() -> None:
    convenente, autor = pedidos.ativo(), usuario()
    fora = {"cpf": fabricas.usuario_cpf(), "nome": "Nova Pessoa", "email": "nova@example.org"}
    (solicitacao,) = alteracao.pedir([convenente.cnpj], autor, uuid4(), mandatos.mandato(autor) | fora)
    convite = pedidos.participante(solicitacao, PapelVinculo.REPRESENTANTE).convite
    assert convite is not None
    nova = usuario(cpf=fora["cpf"], email=fora["email"])
    participantes.ligar_participacoes(nova, convite)
    assert assinaturas.quem_assina(solicitacao) == [nova]


def test_who_was_told_is_told_when_it_is_cancelled() -> None:
    convenente, nova = pedidos.ativo(), usuario()
    solicitacao = mandatos.enviado(convenente, nova)
    cancelamento.cancelar(solicitacao, nova)
    assert _avisados("convenentes.alteracao_sem_efeito") == {pedidos.representante_de(convenente).email}


def test_a_draft_that_nobody_heard_of_is_cancelled_in_silence() -> None:
    nova = usuario()
    cancelamento.cancelar(mandatos.pedido(pedidos.ativo(), nova), nova)
    assert _avisados("convenentes.alteracao_sem_efeito") == set()


def test_who_was_told_is_told_when_it_expires() -> None:
    convenente = pedidos.ativo()
    solicitacao = mandatos.enviado(convenente)
    Solicitacao.objects.filter(pk=solicitacao.pk).update(
        estado=Solicitacao.Estado.COM_PENDENCIA, pendencia_desde=timezone.now() - timedelta(days=31)
    )
    prazos.lembrar(hoje())
    assert _avisados("convenentes.alteracao_sem_efeito") == {pedidos.representante_de(convenente).email}
    assert _avisados("convenentes.expirada") == {
        p.usuario.email for p in solicitacao.participantes.all() if p.usuario
    }


def test_nothing_about_a_request_under_way_or_refused_is_public() -> None:
    convenente = pedidos.ativo()
    antes = situacao.linhas(hoje(), [convenente.pk])
    solicitacao = mandatos.enviado(convenente)
    assert situacao.linhas(hoje(), [convenente.pk]) == antes
    analista = usuario(is_staff=True)
    pedidos.julgar(solicitacao, analista, "rl_posse")
    analise.indeferir(solicitacao, analista, pedidos.motivo(), "Ata ilegível.")
    assert situacao.linhas(hoje(), [convenente.pk]) == antes
