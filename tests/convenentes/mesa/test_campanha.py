"""The campaign page of the team."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cagec.correio.models import Mensagem
from tests.convenentes import mundo, pedidos
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db
PAGINA = "admin:campanha"


def _registro(nome: str, **campos: Any) -> None:
    pedidos.ativo(razao_social=nome, nome_busca=nome.lower(), **campos)


def test_the_page_counts_lists_and_filters() -> None:
    _registro("Associação Parada")
    cliente = cena.entrar(cena.analista())
    pagina = cena.texto(cliente.get(reverse(PAGINA)))
    assert "<dt>Ainda não mudou</dt><dd>1</dd>" in pagina
    assert "Associação Parada" in pagina
    filtrada = cena.texto(cliente.get(reverse(PAGINA), {"tipo": "municipio", "andamento": "pendente"}))
    assert "Associação Parada" not in filtrada
    assert "Nenhuma organização com estes filtros." in filtrada
    assert "Nenhuma" not in cena.texto(cliente.get(reverse(PAGINA), {"posse": "ontem"}))


def test_the_list_takes_a_constant_number_of_queries() -> None:
    cliente = cena.entrar(cena.analista())
    contagens = []
    for nome in ("A", "B", "C"):
        _registro(nome)
        with CaptureQueriesContext(connection) as feitas:
            cliente.get(reverse(PAGINA))
        contagens.append(len(feitas))
    assert contagens[1] == contagens[2]


def test_a_wave_is_sent_from_the_page_and_stays_within_the_filter() -> None:
    _registro("Associação Parada")
    cliente = cena.entrar(cena.analista())
    onda = {"vez": 1, "quantos": 10}
    assert cliente.post(f"{reverse(PAGINA)}?tipo=municipio", onda).status_code == 302
    assert not Mensagem.objects.filter(tipo="convenentes.campanha").exists()
    resposta = cliente.post(reverse(PAGINA), onda, follow=True)
    assert "Avisos na fila: 1 organização." in cena.texto(resposta)
    assert "<td>Todas as organizações</td> <td>1</td>" in cena.texto(resposta)
    assert Mensagem.objects.filter(tipo="convenentes.campanha").count() == 1
    assert "aria-invalid" in cena.texto(cliente.post(reverse(PAGINA), {"vez": 1, "quantos": 9999}))


def test_who_may_only_look_sends_nothing() -> None:
    cliente = cena.entrar(cena.leitora("view_convenente"))
    assert "Enviar aviso" not in cena.texto(cliente.get(reverse(PAGINA)))
    assert cliente.post(reverse(PAGINA), {"vez": 1, "quantos": 1}).status_code == 403
    assert cena.entrar(cena.leitora("view_municipio")).get(reverse(PAGINA)).status_code == 403


def test_the_table_of_who_has_no_contact_opens_safely_in_a_spreadsheet() -> None:
    mundo.convenente(razao_social="=1+1", email="contato@example.org", telefone="(31) 3333-0000")
    _registro("Com gente")
    resposta: Any = cena.entrar(cena.analista()).get(reverse("admin:campanha_sem_contato"))
    texto = b"".join(resposta.streaming_content).decode("utf-8-sig")
    titulos, *linhas = csv.reader(StringIO(texto), delimiter=";")
    assert titulos[0] == "CNPJ"
    assert [linha[1] for linha in linhas] == ["'=1+1"]
    assert linhas[0][4:] == ["contato@example.org", "(31) 3333-0000", "Sem representante"]
