"""CNPJ with digits only, and with letters (IN RFB 2.229/2024)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenentes.cnpj import FORMATO, cnpj_valido, digitos_do_cnpj, formatar_cnpj, limpar_cnpj

bases = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12)


def _pela_tabela(base: str) -> str:
    """The two digits as the table of the Receita explains them: weights 2 to 9 from the right, over and over."""
    for _ in range(2):
        soma = sum((ord(c) - ord("0")) * (2 + i % 8) for i, c in enumerate(reversed(base)))
        base += str((11 - soma % 11) % 11 % 10) if soma % 11 != 1 else "0"
    return base[-2:]


@pytest.mark.parametrize("cnpj", ["11222333000181", "00000000000191", "12ABC34501DE35"])
def test_published_examples_are_valid(cnpj: str) -> None:
    assert cnpj_valido(cnpj)
    assert not cnpj_valido(cnpj[:13] + str((int(cnpj[13]) + 1) % 10))
    assert not cnpj_valido(cnpj[:12] + str((int(cnpj[12]) + 1) % 10) + cnpj[13])


@given(bases)
def test_the_check_digits_are_those_of_the_table(base: str) -> None:
    assert digitos_do_cnpj(base) == _pela_tabela(base)
    assert cnpj_valido(base + digitos_do_cnpj(base)) == (base != "0" * 12)


@given(bases)
def test_what_is_printed_with_punctuation_reads_back_as_it_was(base: str) -> None:
    cnpj = base + digitos_do_cnpj(base)
    assert re.fullmatch(r"\w{2}\.\w{3}\.\w{3}/\w{4}-\d{2}", formatar_cnpj(cnpj))
    assert limpar_cnpj(f"  {formatar_cnpj(cnpj).lower()} ") == cnpj


@given(st.text())
def test_any_text_is_cleaned_and_judged_without_an_error(texto: str) -> None:
    limpo = limpar_cnpj(texto)
    assert re.fullmatch(r"[0-9A-Z]*", limpo)
    assert limpar_cnpj(limpo) == limpo
    assert not cnpj_valido(texto) or re.fullmatch(FORMATO, texto)


@pytest.mark.parametrize(
    "cnpj",
    ["", "11222333000181\n", "1122233300018", "112223330001811", "11.222.333/0001-81", "12abc34501de35"]
    + [c * 14 for c in "0123456789"]
    + ["12ABC34501DEA5", "１1222333000181"],
)
def test_what_is_not_fourteen_stored_characters_is_invalid(cnpj: str) -> None:
    assert not cnpj_valido(cnpj)
