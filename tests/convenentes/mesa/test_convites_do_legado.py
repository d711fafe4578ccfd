"""The page of the team about the persons of the legacy registry."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from convenentes.legado import convites
from convenentes.legado.convites import Selecao
from tests.convenentes import mundo
from tests.convenentes.legado.migradas import migrada
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db
PAGINA, TABELA = "admin:convites_do_legado", "admin:convites_a_telefonar"


def _convidar() -> None:
    convites.convidar(Selecao(), hoje(), por_hora=3600, limite=5)


def test_the_page_counts_draws_lists_and_filters() -> None:
    migrada(nome_civil="Joana Convidada")
    _convidar()
    migrada(nome_civil="Rita Por Convidar")
    cliente = cena.entrar(cena.analista())
    pagina = cena.texto(cliente.get(reverse(PAGINA)))
    assert '<th scope="row">Na fila de envio</th> <td>1</td>' in pagina
    assert pagina.count('<rect width="50%"') == 2
    assert "Todas as organizações" in pagina
    filtrada = cena.texto(cliente.get(reverse(PAGINA), {"andamento": "na_fila"}))
    assert "Joana Convidada" in filtrada
    assert "Rita Por Convidar" not in filtrada
    assert "Nenhuma pessoa" in cena.texto(cliente.get(reverse(PAGINA), {"andamento": "recusado"}))
    assert "aria-invalid" in cena.texto(cliente.get(reverse(PAGINA), {"andamento": "inventado"}))


def test_mails_that_may_have_arrived_twice_are_shown() -> None:
    migrada()
    _convidar()
    cliente = cena.entrar(cena.analista())
    assert "duas vezes" not in cena.texto(cliente.get(reverse(PAGINA)))
    Mensagem.objects.update(repeticoes=1)
    assert "porque o envio foi interrompido: 1." in cena.texto(cliente.get(reverse(PAGINA)))


def test_without_anybody_the_page_says_so() -> None:
    assert "Nenhuma pessoa" in cena.texto(cena.entrar(cena.analista()).get(reverse(PAGINA)))


def test_the_list_takes_a_constant_number_of_queries() -> None:
    cliente = cena.entrar(cena.analista())
    contagens = []
    for _ in range(3):
        migrada()
        _convidar()
        with CaptureQueriesContext(connection) as feitas:
            cliente.get(reverse(PAGINA))
        contagens.append(len(feitas))
    assert contagens[1] == contagens[2]


def test_those_to_call_come_as_a_table_that_is_safe_in_a_spreadsheet() -> None:
    organizacao = mundo.convenente(razao_social="Associação A", telefone="(31) 3333-0000")
    pessoa = migrada(organizacao, nome_civil="=1+1", email="", telefone="(31) 99999-0000")
    resposta: Any = cena.entrar(cena.analista()).get(reverse(TABELA))
    texto = b"".join(resposta.streaming_content).decode("utf-8-sig")
    _titulos, linha = csv.reader(StringIO(texto), delimiter=";")
    assert linha == [
        "'=1+1",
        pessoa.cpf_mascarado,
        "(31) 99999-0000",
        "",
        "Sem e-mail",
        "Associação A (Ouro Preto/MG)",
        "(31) 3333-0000",
    ]


def test_who_has_no_permission_sees_neither() -> None:
    cliente = cena.entrar(cena.leitora("view_convenente"))
    assert [cliente.get(reverse(nome)).status_code for nome in (PAGINA, TABELA)] == [403, 403]
    assert cena.entrar(cena.leitora("view_convitelegado")).get(reverse(PAGINA)).status_code == 200
