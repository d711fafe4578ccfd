"""Filling in a form of a page that is ready."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contas.preenchimento import preencher

AVISO = "<p>aviso</p>"


def pagina(corpo: str, atributos: str = 'method="post"') -> str:
    return f"<!DOCTYPE html><main>&copy; a &#38; b<!-- c --><form {atributos}>{corpo}</form></main>"


def preenchida(corpo: str, atributos: str = 'method="post"', **campos: list[str]) -> str:
    return preencher(pagina(corpo, atributos), "/a/b/", "/a/b/", campos, AVISO)


@pytest.mark.parametrize(
    ("corpo", "digitado", "esperado"),
    [
        ('<input name="x">', ["Olá"], '<input name="x" value="Olá">'),
        ('<input type="email" name="x" value="velho">', ["n"], '<input type="email" name="x" value="n">'),
        ('<input name="x"/>', ['"><script>'], '<input name="x" value="&quot;&gt;&lt;script&gt;">'),
        ('<textarea name="x">a &amp; b</textarea>', ["<i>"], '<textarea name="x">&lt;i&gt;</textarea>'),
        ('<input type="radio" name="x" value="1" checked>', ["2"], '<input type="radio" name="x" value="1">'),
        ('<input type="radio" name="x" value="2">', ["2"], '<input type="radio" name="x" value="2" checked>'),
        ('<input type="checkbox" name="x">', ["on"], '<input type="checkbox" name="x" checked>'),
        (
            '<select name="x"><option value="1" selected>a</option><option value="2">b</option></select>',
            ["2"],
            '<select name="x"><option value="1">a</option><option value="2" selected>b</option></select>',
        ),
        (
            '<input name="x"><input name="x">',
            ["um", "dois"],
            '<input name="x" value="um"><input name="x" value="dois">',
        ),
    ],
)
def test_each_kind_of_field_shows_what_was_typed(corpo: str, digitado: list[str], esperado: str) -> None:
    assert preenchida(corpo, x=digitado) == pagina(esperado).replace("<form", f"{AVISO}<form")


@pytest.mark.parametrize("tipo", ["hidden", "password", "file", "submit"])
def test_what_nobody_types_is_left_alone(tipo: str) -> None:
    corpo = f'<input type="{tipo}" name="x">'
    assert preenchida(corpo, x=["y"]) == pagina(corpo)


def test_a_box_that_was_unticked_is_unticked() -> None:
    corpo = '<input name="x"><input type="checkbox" name="y" checked>'
    assert 'name="y">' in preenchida(corpo, x=["a"])


@pytest.mark.parametrize("atributos", ["", 'method="get"', 'method="post" action="/outro/"'])
def test_another_form_is_left_alone(atributos: str) -> None:
    corpo = '<input name="x">'
    assert preenchida(corpo, atributos, x=["y"]) == pagina(corpo, atributos)


@pytest.mark.parametrize("acao", ["", "/a/b/", "?z=1", "../b/", "#topo"])
def test_the_form_is_known_by_where_it_is_sent(acao: str) -> None:
    assert 'value="y"' in preenchida('<input name="x">', f'method="post" action="{acao}"', x=["y"])


@given(st.text(), st.text())
def test_whatever_was_typed_stays_text(um: str, outro: str) -> None:
    corpo = '<input name="x"><textarea name="y"></textarea>'
    cheia = preenchida(corpo, x=[um], y=[outro])
    assert cheia.count("<") == pagina(corpo).count("<") + AVISO.count("<")
