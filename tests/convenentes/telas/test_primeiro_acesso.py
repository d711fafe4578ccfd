"""Who comes from the legacy registry sees what was brought, and one list of what is missing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cagec.tempo import hoje
from contas import govbr
from contas.aceite import aceitar, termo_vigente
from contas.fabricas import usuario
from contas.models import AceiteDeTermo, Usuario
from convenentes.legado import convites
from convenentes.legado.convites import Selecao
from tests.convenentes import a_vencer, mundo, pedidos
from tests.convenentes.legado.migradas import migrada

pytestmark = pytest.mark.django_db


def _entrar(pessoa: Usuario) -> Client:
    """Invite the person, who comes by gov.br and accepts the term."""
    convites.convidar(Selecao(), hoje(), por_hora=3600, limite=5)
    govbr.ativar(pessoa)
    aceitar_termo(pessoa)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def aceitar_termo(pessoa: Usuario) -> None:
    termo = termo_vigente(hoje())
    assert termo is not None
    aceitar(pessoa, termo, ip=None, navegador="")


def _texto(cliente: Client, nome: str) -> str:
    return " ".join(cliente.get(reverse(nome)).content.decode().split())


def test_the_panel_leads_there_for_a_month() -> None:
    cliente = _entrar(migrada())
    assert reverse("primeiro_acesso") in _texto(cliente, "painel")
    AceiteDeTermo.objects.update(em=timezone.now() - timedelta(days=31))
    assert reverse("primeiro_acesso") not in _texto(cliente, "painel")


def test_who_comes_before_being_invited_is_led_there_too() -> None:
    pessoa = migrada()
    govbr.ativar(pessoa)
    aceitar_termo(pessoa)
    cliente = Client()
    cliente.force_login(pessoa)
    assert reverse("primeiro_acesso") in _texto(cliente, "painel")


def test_who_registered_in_this_portal_is_not() -> None:
    cliente = Client()
    cliente.force_login(usuario())
    assert reverse("primeiro_acesso") not in _texto(cliente, "painel")


def test_what_was_brought_is_shown_and_what_is_missing_is_one_list() -> None:
    vence = hoje() + timedelta(days=60)
    primeira = a_vencer.registro(a_vencer.certidao(vence))
    segunda = pedidos.ativo(razao_social="Prefeitura B")
    pedidos.ativo(razao_social="De Outra Pessoa")
    pagina = _texto(_entrar(migrada(primeira, segunda)), "primeiro_acesso")
    trazido, falta = pagina.split("O que falta</h2>")
    for organizacao in (primeira, segunda):
        assert f"CNPJ {organizacao.cnpj_formatado}" in trazido
        assert organizacao.razao_social in falta
    assert "Seu papel: Responsável pelas informações" in trazido
    assert "Documentos em dia: 1" in trazido
    assert f"até {vence:%d/%m/%Y}" in trazido
    assert falta.count("<ol") == 1
    assert "De Outra Pessoa" not in pagina


def test_who_acts_for_nobody_is_told_what_to_do() -> None:
    pessoa = migrada()
    cliente = _entrar(pessoa)
    pessoa.vinculos.update(periodo=(hoje() - timedelta(days=9), hoje()))
    assert "fale com a equipe CAGEC" in _texto(cliente, "primeiro_acesso")


def test_ten_organisations_ask_as_much_as_two() -> None:
    contagens = []
    for quantas in (2, 10):
        cliente = _entrar(migrada(*(mundo.convenente() for _ in range(quantas))))
        with CaptureQueriesContext(connection) as feitas:
            pagina = _texto(cliente, "primeiro_acesso")
        assert pagina.count("Seu papel") == quantas
        contagens.append(len(feitas))
    assert contagens[0] == contagens[1]
