"""The look-up of a CNPJ at the Receita Federal: bounded in time and size, and believed only when it makes sense."""

from collections.abc import Iterator
from datetime import date

import pytest

from cagec.embutido.postgres import porta_livre
from convenentes.cnpj import formatar_cnpj
from convenentes.fabricas import cnpj_ficticio
from convenentes.fontes import rfb
from tests.convenentes.fontes.receita_federal import ReceitaFederal, no_ar

CNPJ = cnpj_ficticio(800_001)


@pytest.fixture
def receita(settings) -> Iterator[ReceitaFederal]:
    with no_ar() as servida:
        settings.RFB_ENDPOINT = servida.endereco
        yield servida


def test_the_data_of_an_organisation_are_read(receita: ReceitaFederal) -> None:
    receita.empresa(CNPJ, cnpj=formatar_cnpj(CNPJ), complemento="  SALA   2 ", nome_fantasia=None)
    empresa = rfb.consultar(CNPJ)
    assert empresa == rfb.Empresa(
        cnpj=CNPJ,
        situacao="ATIVA",
        natureza="3999",
        razao_social="ASSOCIACAO FICTICIA DOS TESTES",
        nome_fantasia="",
        data_abertura=date(2010, 5, 3),
        cep="35400000",
        logradouro="RUA DIREITA",
        numero="10",
        complemento="SALA 2",
        bairro="CENTRO",
        codigo_ibge="3146107",
    )
    assert empresa is not None
    assert empresa.ativa
    assert receita.pedidos == [f"/cnpj/{CNPJ}"]


@pytest.mark.parametrize("situacao", ["BAIXADA", "suspensa", "Inapta", "NULA"])
def test_only_the_word_ativa_is_active(receita: ReceitaFederal, situacao: str) -> None:
    receita.empresa(CNPJ, descricao_situacao_cadastral=situacao)
    empresa = rfb.consultar(CNPJ)
    assert empresa is not None
    assert not empresa.ativa


def test_a_cnpj_that_is_not_there_is_told(receita: ReceitaFederal) -> None:
    assert rfb.consultar(CNPJ) is None


@pytest.mark.parametrize(
    "corpo",
    [
        b"",
        b"<html>manutencao</html>",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
    ],
    ids=["empty", "page", "list", "null", "text", "no data", "deep", "not text"],
)
def test_anything_but_the_data_counts_as_no_answer(receita: ReceitaFederal, corpo: bytes) -> None:
    receita.respostas[f"/cnpj/{CNPJ}"] = (200, corpo)
    with pytest.raises(rfb.ForaDoAr):
        rfb.consultar(CNPJ)


@pytest.mark.parametrize(
    "campos",
    [
        {"cnpj": cnpj_ficticio(800_002)},
        {"codigo_natureza_juridica": None},
        {"descricao_situacao_cadastral": None},
        {"data_inicio_atividade": "ontem"},
        {"qsa": "x" * 300_000},
    ],
)
def test_the_data_of_another_cnpj_in_part_or_too_long_count_as_no_answer(
    receita: ReceitaFederal, campos
) -> None:
    receita.empresa(CNPJ, **campos)
    with pytest.raises(rfb.ForaDoAr):
        rfb.consultar(CNPJ)


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_an_error_of_the_server_is_no_answer(receita: ReceitaFederal, status: int) -> None:
    receita.respostas[f"/cnpj/{CNPJ}"] = (status, b"{}")
    with pytest.raises(rfb.ForaDoAr):
        rfb.consultar(CNPJ)


@pytest.mark.parametrize("defeito", ["corta", "lixo"])
def test_a_server_that_hangs_up_or_speaks_no_http_is_no_answer(receita: ReceitaFederal, defeito: str) -> None:
    receita.respostas[f"/cnpj/{CNPJ}"] = defeito
    with pytest.raises(rfb.ForaDoAr):
        rfb.consultar(CNPJ)


def test_a_silent_server_is_not_waited_for(receita: ReceitaFederal, monkeypatch) -> None:
    monkeypatch.setattr(rfb, "_SEGUNDOS_SEM_RESPOSTA", 0.05)
    receita.respostas[f"/cnpj/{CNPJ}"] = "cala"
    with pytest.raises(rfb.ForaDoAr, match="timed out"):
        rfb.consultar(CNPJ)


def test_a_server_that_drips_is_cut_off(receita: ReceitaFederal, monkeypatch) -> None:
    monkeypatch.setattr(rfb, "_SEGUNDOS_AO_TODO", 0)
    receita.empresa(CNPJ)
    with pytest.raises(rfb.ForaDoAr, match="too slow"):
        rfb.consultar(CNPJ)


def test_nobody_listening_and_no_endpoint_are_no_answer(settings) -> None:
    for endereco in (f"http://127.0.0.1:{porta_livre()}", ""):
        settings.RFB_ENDPOINT = endereco
        with pytest.raises(rfb.ForaDoAr):
            rfb.consultar(CNPJ)
