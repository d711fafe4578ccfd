"""Erasing a person: the command of cagec_dono."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas import fabricas, titular
from contas.documentos_pessoais import cpf_valido
from contas.models import (
    AceiteDeTermo,
    Convite,
    EventoDeSeguranca,
    PedidoDoTitular,
    Termo,
    TrocaDeEmail,
    Usuario,
)
from contas.seguranca import Origem, Tipo, registrar
from tests.servicos import RAIZ

pytestmark = pytest.mark.django_db


def executar() -> str:
    saida = StringIO()
    call_command("anonimizar", stdout=saida, stderr=saida)
    return saida.getvalue()


def pedido_atendido(pessoa: Usuario) -> PedidoDoTitular:
    pedido = titular.pedir(pessoa, PedidoDoTitular.Tipo.ELIMINACAO, "Não uso mais.", uuid4())
    titular.decidir(pedido, fabricas.usuario(is_staff=True), atendido=True, resposta="Será feito.")
    return pedido


def test_only_the_owner_of_the_database_erases() -> None:
    with pytest.raises(CommandError, match="CAGEC_PAPEL=dono"):
        executar()


def test_what_names_the_person_is_gone_from_every_table_of_accounts(dono: None, client: Client) -> None:
    pessoa = fabricas.usuario(nome_civil="Zulmira Única", nome_social="Zuzu", telefone="(31) 98888-7777")
    termo = Termo.objects.create(versao=95, titulo="T", texto="t", vigente_de="2020-01-01")
    AceiteDeTermo.objects.create(
        usuario=pessoa, termo=termo, ip="192.0.2.7", navegador="Navegador da Zulmira"
    )
    fabricas.convite(cpf=pessoa.cpf, usuario=pessoa, nome_civil="Zulmira Única", email=pessoa.email)
    fabricas.convite(cpf=pessoa.cpf, nome_civil="Zulmira Única", email=pessoa.email)
    TrocaDeEmail.objects.create(
        usuario=pessoa,
        antigo=pessoa.email,
        novo="zulmira@novo.example",
        resumo="a" * 64,
        expira_em=timezone.now() + timedelta(days=1),
    )
    client.force_login(pessoa)
    pedido = pedido_atendido(pessoa)
    with transaction.atomic():
        registrar(Tipo.FATOR_ATIVADO, pessoa, Origem("192.0.2.7", "Firefox"), nome="Celular da Zulmira")
    assert "anonimizada" in executar()

    restos = [
        *Usuario.objects.filter(pk=pessoa.pk).values(),
        *Convite.objects.values(),
        *Mensagem.objects.values(),
        *AceiteDeTermo.objects.filter(usuario=pessoa).values(),
        *EmailAddress.objects.filter(user=pessoa).values(),
        *PedidoDoTitular.objects.values(),
        *TrocaDeEmail.objects.values(),
        *EventoDeSeguranca.objects.values(),
    ]
    for dado in (
        pessoa.cpf,
        "Zulmira",
        "Zuzu",
        "98888",
        pessoa.email,
        "@novo.example",
        "192.0.2.7",
        "Não uso mais",
    ):
        assert dado not in str(restos)
    assert not TrocaDeEmail.objects.abertas().exists()
    pedido.refresh_from_db()
    assert pedido.executado_em is not None
    anonima = Usuario.objects.get(pk=pessoa.pk)
    assert not cpf_valido(anonima.cpf)
    assert (anonima.is_active, anonima.has_usable_password()) == (False, False)
    assert client.get(reverse("minha_conta")).status_code == 302  # the open session is over
    assert executar() == ""
    assert EventoDeSeguranca.objects.get(usuario=pessoa).tipo == Tipo.FATOR_ATIVADO  # that it happened stays


@pytest.mark.django_db(transaction=True)
def test_the_operator_erases_with_a_process_of_its_own_and_the_portal_could_not() -> None:
    pessoa = fabricas.usuario(nome_civil="Zulmira Única")
    registrar(Tipo.SENHA_ERRADA, pessoa, Origem("192.0.2.7", "Navegador da Zulmira"))
    with pytest.raises(ProgrammingError, match="permission denied"):
        EventoDeSeguranca.objects.filter(usuario=pessoa).update(ip=None)
    pedido_atendido(pessoa)
    resultado = subprocess.run(
        [sys.executable, "manage.py", "anonimizar"],
        cwd=RAIZ,
        env={**os.environ, "CAGEC_PAPEL": "dono"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pessoa anonimizada" in resultado.stdout
    evento = EventoDeSeguranca.objects.get(usuario=pessoa)
    assert (evento.ip, evento.navegador, evento.dados) == (None, "", {})
    pessoa.refresh_from_db()
    assert "Zulmira" not in pessoa.nome_civil


def test_the_same_cpf_can_begin_again(dono: None) -> None:
    pessoa = fabricas.usuario()
    pedido_atendido(pessoa)
    executar()
    fabricas.usuario(cpf=pessoa.cpf)


def test_two_persons_never_share_a_number(dono: None) -> None:
    um, outro = fabricas.usuario(), fabricas.usuario()
    for pessoa in (um, outro):
        pedido_atendido(pessoa)
    assert executar().count("anonimizada") == 2


def test_who_became_part_of_the_team_meanwhile_is_left_alone(dono: None) -> None:
    pessoa = fabricas.usuario()
    pedido_atendido(pessoa)
    Usuario.objects.filter(pk=pessoa.pk).update(is_staff=True)
    assert "não anonimizado" in executar()
    assert Usuario.objects.get(pk=pessoa.pk).cpf == pessoa.cpf


def test_a_request_that_was_refused_or_waits_erases_nobody(dono: None) -> None:
    pessoa = fabricas.usuario()
    titular.pedir(pessoa, PedidoDoTitular.Tipo.ELIMINACAO, "", uuid4())
    assert executar() == ""
