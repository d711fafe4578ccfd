"""How far each person has come, in numbers."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cagec.correio.models import Devolucao, Mensagem
from cagec.tempo import hoje
from contas import fabricas, govbr
from contas.models import Convite, Usuario
from convenentes.legado import acompanhamento, convites
from convenentes.legado.convites import Selecao
from tests.convenentes.legado.migradas import migrada

pytestmark = pytest.mark.django_db


def _uma_em_cada_estado() -> dict[str, Usuario]:
    fabricas.usuario()  # who registered in the portal is in no state
    pessoas = {e: migrada() for e in ("ativado", "aberta", "enviado", "na_fila", "devolvido", "recusado")}
    convites.convidar(Selecao(), hoje(), por_hora=3600, limite=100)
    pessoas |= {"sem_email": migrada(email=""), "a_convidar": migrada()}
    for estado, pessoa in pessoas.items():
        dela = Mensagem.objects.filter(usuario=pessoa)
        if estado not in {"na_fila", "recusado"}:
            dela.update(estado="enviada", enviada_em=timezone.now())
    Mensagem.objects.filter(usuario=pessoas["recusado"]).update(estado="falhou")
    devolvida = Mensagem.objects.get(usuario=pessoas["devolvido"])
    Devolucao.objects.create(mensagem=devolvida, definitiva=True, codigo="5.1.1", resumo="x")
    adiada = Mensagem.objects.get(usuario=pessoas["enviado"])
    Devolucao.objects.create(mensagem=adiada, definitiva=False, codigo="4.2.1", resumo="y")
    Convite.objects.filter(usuario=pessoas["aberta"]).update(aberto_em=timezone.now())
    govbr.ativar(pessoas["ativado"])
    return pessoas


def test_each_person_is_in_one_state() -> None:
    esperado = _uma_em_cada_estado()
    assert {p.andamento: p for p in acompanhamento.pessoas(hoje())} == esperado
    assert acompanhamento.contar(hoje()) == dict.fromkeys(acompanhamento.Estado.values, 1)


def test_who_came_before_being_invited_counts_as_come_and_is_not_invited() -> None:
    pessoa = migrada(last_login=timezone.now())
    assert convites.convidar(Selecao(), hoje(), por_hora=3600, limite=5) is None
    assert [(p, p.andamento) for p in acompanhamento.pessoas(hoje())] == [(pessoa, "ativado")]


def test_the_command_prints_the_same_numbers_and_the_waves() -> None:
    pessoas = _uma_em_cada_estado()
    Mensagem.objects.filter(usuario=pessoas["enviado"]).update(repeticoes=2)
    saida = StringIO()
    call_command("legado", "acompanhar", stdout=saida)
    linhas = [" ".join(linha.split()) for linha in saida.getvalue().splitlines()]
    for esperada in ("Mensagem devolvida 1", "Criou a senha ou entrou 1", "Total 8"):
        assert esperada in linhas
    assert "Mensagens que podem ter chegado duas vezes: 1" in linhas
    assert linhas[-1].endswith("Todas as organizações: 6 pessoas, 3600 por hora")


def test_those_to_call_come_with_their_organisations_in_a_constant_number_of_queries() -> None:
    pessoas = _uma_em_cada_estado()
    with CaptureQueriesContext(connection) as feitas:
        chamadas = list(acompanhamento.a_telefonar(hoje()))
        assert all(v.convenente.municipio.nome for p in chamadas for v in p.atuais)
    assert set(chamadas) == {pessoas[e] for e in ("devolvido", "recusado", "sem_email")}
    assert len(feitas) == 2


def test_who_did_not_come_after_the_last_reminder_is_called_too() -> None:
    pessoas = _uma_em_cada_estado()
    Mensagem.objects.filter(usuario__in=[pessoas["enviado"], pessoas["ativado"]]).update(
        estado="enviada", enviada_em=timezone.now() - timedelta(days=15)
    )
    convites.lembrar(timezone.now())
    assert pessoas["enviado"] not in acompanhamento.a_telefonar(hoje())
    Mensagem.objects.filter(chave__endswith=":lembrete:14").update(estado="enviada")
    assert pessoas["enviado"] in acompanhamento.a_telefonar(hoje())
    assert pessoas["ativado"] not in acompanhamento.a_telefonar(hoje())
