"""The public look-up finds what people type, and nothing that is not public."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from convenentes.cnpj import digitos_do_cnpj, formatar_cnpj
from convenentes.consulta import POR_PAGINA, Filtros, com_situacao, procurar
from convenentes.models import Convenente, Municipio
from convenentes.texto import normalizar
from documentos.models import TipoConvenente
from tests.convenentes import mundo
from tests.convenentes.mundo import HOJE, as_
from tests.convenentes.oraculo import Mundo, Obrigacao, Organizacao, Prova

pytestmark = pytest.mark.django_db
COM_LETRAS = "12ABC34501DE" + digitos_do_cnpj("12ABC34501DE")


def registrar(razao_social: str, fantasia: str = "", **campos: Any) -> Convenente:
    return mundo.convenente(
        razao_social=razao_social,
        nome_fantasia=fantasia,
        nome_busca=normalizar(f"{razao_social} {fantasia}"),
        **campos,
    )


def achados(texto: str = "", **filtros: str) -> list[str]:
    return [c.razao_social for c in procurar(Filtros(texto, **filtros), 1, HOJE)]


@pytest.mark.parametrize(
    "digitado", [COM_LETRAS, formatar_cnpj(COM_LETRAS), "12abc34501de35", " 12.ABC.345/01DE-35 "]
)
def test_a_cnpj_with_letters_is_found_however_it_is_typed(digitado: str) -> None:
    registrar("Com Letras", cnpj=COM_LETRAS)
    registrar("Outra")
    assert achados(digitado) == ["Com Letras"]


@pytest.mark.parametrize("digitado", ["11222333000181", "11.222.333/0001-81", "11222333", "11.222.333/0001"])
def test_a_cnpj_of_digits_is_found_whole_or_by_its_beginning(digitado: str) -> None:
    registrar("De Dígitos", cnpj="11222333000181")
    registrar("Outra")
    assert achados(digitado) == ["De Dígitos"]


def test_too_few_digits_are_a_name() -> None:
    registrar("De Dígitos", cnpj="11222333000181")
    registrar("Grupo 1122233")
    assert achados("1122233") == ["Grupo 1122233"]


@pytest.mark.parametrize(
    "digitado", ["sao joao", "SÃO JOÃO", "joão  são", "água", "bom comeco", "joao ouro preto"]
)
def test_names_are_found_without_accents_in_any_order_with_the_municipio(digitado: str) -> None:
    registrar("Associação São João da Água", "Bom Começo")
    registrar("Outra")
    assert achados(digitado) == ["Associação São João da Água"]


@pytest.mark.parametrize("digitado", ["%", "_", "ou%a", "o_tra", "\\", "日本", "\x00日"])
def test_wildcards_and_foreign_letters_match_nothing_by_chance(digitado: str) -> None:
    registrar("Outra")
    assert achados(digitado) == []


def test_wildcards_are_letters_like_any_other() -> None:
    registrar("Doação 100% Real_")
    registrar("Outra")
    assert achados("100%") == achados("real_") == ["Doação 100% Real_"]


@pytest.mark.parametrize("digitado", ["", "   ", "\x00", " \x00 "])
def test_nothing_typed_does_not_filter(digitado: str) -> None:
    registrar("Uma")
    assert achados(digitado) == achados(municipio=digitado) == ["Uma"]


def test_a_nul_inside_a_name_is_ignored() -> None:
    registrar("Uma Casa")
    assert achados("ca\x00sa") == achados(municipio="ouro\x00 preto") == ["Uma Casa"]


def test_the_municipio_filters_without_accents() -> None:
    registrar("De Ubá", municipio=Municipio.objects.get(nome_busca="uba", uf="MG"))
    registrar("De Ouro Preto")
    assert achados(municipio="UBÁ") == ["De Ubá"]
    assert achados(municipio="日本") == achados(municipio="%") == []


def test_the_type_filters() -> None:
    registrar("Fundo", tipo=TipoConvenente.objects.get(slug="fms"))
    registrar("Associação")
    assert achados(tipo="fms") == ["Fundo"]
    assert achados(tipo="nenhum") == []


def test_the_situation_filters_by_the_rule() -> None:
    obrigacoes = (Obrigacao("titulo", validades=("PERM",)),)
    regras = mundo.catalogo(obrigacoes, {}, date(2021, 1, 1))
    em_dia = Organizacao(provas=(Prova("titulo", as_(date(2026, 1, 1)), "PERM"),))
    regular, irregular = mundo.povoar(Mundo(obrigacoes, (em_dia, Organizacao()), {}), regras)
    assert achados(situacao="regular") == [regular.razao_social]
    assert achados(situacao="irregular") == [irregular.razao_social]
    assert len(achados()) == 2


@pytest.mark.parametrize(
    ("campos", "publico"),
    [
        ({"estado": "em_inscricao", "numero": None}, False),
        ({"estado": "em_inscricao"}, False),
        ({"estado": "cancelado", "numero": None}, False),
        ({"estado": "cancelado"}, True),
        ({"estado": "bloqueado"}, True),
        ({"estado": "inativo"}, True),
    ],
)
def test_only_records_that_were_once_approved_are_public(campos: dict[str, Any], publico: bool) -> None:
    registrar("Uma", **campos)
    assert achados() == (["Uma"] if publico else [])


@pytest.mark.parametrize(
    ("pagina", "nela"), [("0", 2), ("-1", 2), ("2", 2), ("99", 2), ("x", 20), ("9" * 5000, 20)]
)
def test_a_page_that_does_not_exist_gives_one_that_does(pagina: str, nela: int) -> None:
    for numero in range(POR_PAGINA + 2):
        registrar(f"Organização {numero:02d}")
    obtida = procurar(Filtros(), pagina, HOJE)
    assert len(obtida.object_list) == nela


def test_results_are_in_alphabetical_order_without_accents() -> None:
    for nome in ("Zebra", "Árvore", "abacate", "Casa"):
        registrar(nome)
    assert achados() == ["abacate", "Árvore", "Casa", "Zebra"]


@pytest.mark.parametrize("situacao", ["", "irregular"])
def test_one_row_and_twenty_take_the_same_queries(situacao: str) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(
            connection,
        ) as feitas:
            pagina = procurar(Filtros(situacao=situacao), 1, HOJE)
            for achado in com_situacao(list(pagina.object_list), HOJE):
                assert str(achado.convenente.municipio) + achado.convenente.tipo.nome
                assert not achado.resumo.regular
        return len(feitas)

    registrar("Primeira")
    com_uma = consultas()
    for numero in range(POR_PAGINA):
        registrar(f"Organização {numero}")
    assert consultas() == com_uma <= 5
