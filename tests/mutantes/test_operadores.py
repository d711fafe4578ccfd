"""Each operator on a tiny query: what it yields, all of it, and in words."""

import pytest
import sqlglot

from tests.mutantes import operadores
from tests.mutantes.mutacao import mutantes, original
from tests.mutantes.operadores import Operador


def mudancas(consulta: str, operador: Operador) -> list[str]:
    """The mutants of a query, each on one line."""
    return sorted(
        sqlglot.transpile(m.sql, "postgres", "postgres")[0] for m in mutantes(consulta, (operador,))
    )


@pytest.mark.parametrize(
    ("operador", "consulta", "esperadas"),
    [
        (
            operadores.relacao,
            "SELECT a <= b",
            ["SELECT a < b", "SELECT a <> b", "SELECT a = b", "SELECT a > b", "SELECT a >= b"],
        ),
        (operadores.relacao, "SELECT a = 'x'", ["SELECT a <> 'x'"]),
        (operadores.relacao, "SELECT a = ANY(b)", ["SELECT a <> ANY(b)"]),
        (operadores.operacao, "SELECT a IS DISTINCT FROM b", ["SELECT a <> b"]),
        (operadores.operacao, "SELECT a + 1 - b", ["SELECT a + 1 + b", "SELECT a - 1 - b"]),
        (operadores.conectivo, "SELECT a AND b", ["SELECT (a OR b)"]),
        (
            operadores.conectivo,
            "SELECT a AND (b OR c)",
            ["SELECT (a OR (b OR c))", "SELECT a AND ((b AND c))"],
        ),
        (
            operadores.predicado,
            "SELECT FROM t WHERE a AND b AND c",
            ["SELECT FROM t WHERE a AND b", "SELECT FROM t WHERE a AND c", "SELECT FROM t WHERE b AND c"],
        ),
        (operadores.predicado, "SELECT a OR b", ["SELECT a", "SELECT b"]),
        (operadores.predicado, "SELECT FROM t WHERE a", ["SELECT FROM t WHERE TRUE"]),
        (operadores.predicado, "SELECT FROM t JOIN u ON a", ["SELECT FROM t JOIN u ON TRUE"]),
        (
            operadores.predicado,
            "SELECT SUM(a) FILTER(WHERE b)",
            ["SELECT SUM(a) FILTER(WHERE TRUE)"],
        ),
        (operadores.juncao, "SELECT FROM t LEFT JOIN u ON a", ["SELECT FROM t JOIN u ON a"]),
        (operadores.juncao, "SELECT FROM t JOIN u ON a", ["SELECT FROM t LEFT JOIN u ON a"]),
        (operadores.juncao, "SELECT FROM t CROSS JOIN u", []),
        (operadores.argumento, "SELECT COALESCE(a, 0)", ["SELECT 0", "SELECT a"]),
        (
            operadores.argumento,
            "SELECT LEAST(a, b, c)",
            ["SELECT LEAST(a, b)", "SELECT LEAST(a, c)", "SELECT LEAST(b, c)"],
        ),
        (
            operadores.ramo,
            "SELECT CASE WHEN a THEN b WHEN c THEN d ELSE e END",
            [
                "SELECT CASE WHEN a THEN b ELSE e END",
                "SELECT CASE WHEN a THEN b WHEN c THEN d END",
                "SELECT CASE WHEN c THEN d ELSE e END",
            ],
        ),
        (operadores.ramo, "SELECT CASE WHEN a THEN b END", ["SELECT NULL"]),
        (operadores.extremo, "SELECT LEAST(a, b)", ["SELECT GREATEST(a, b)"]),
        (operadores.extremo, "SELECT MAX(a)", ["SELECT MIN(a)"]),
        (
            operadores.ordem,
            "SELECT FROM t ORDER BY a DESC",
            ["SELECT FROM t ORDER BY a ASC NULLS FIRST", "SELECT FROM t ORDER BY a DESC NULLS LAST"],
        ),
        (
            operadores.chave,
            "SELECT DISTINCT ON (a, b) c",
            ["SELECT DISTINCT ON (a) c", "SELECT DISTINCT ON (b) c"],
        ),
        (
            operadores.chave,
            "SELECT DISTINCT ON (a, b) c ORDER BY a, b, c",
            ["SELECT DISTINCT ON (a) c ORDER BY a, c", "SELECT DISTINCT ON (b) c ORDER BY b, c"],
        ),
        (operadores.negacao, "SELECT NOT a", ["SELECT a"]),
        (operadores.negacao, "SELECT a IS NOT NULL", ["SELECT a IS NULL"]),
        (operadores.inteiro, "SELECT a + 1", ["SELECT a + 0", "SELECT a + 2"]),
        (
            operadores.inteiro,
            "SELECT INTERVAL '2 years'",
            ["SELECT INTERVAL '1 YEARS'", "SELECT INTERVAL '3 YEARS'"],
        ),
        (operadores.palavra, "SELECT a = 'x'", ["SELECT a = 'x~'"]),
        (operadores.palavra, "SELECT '-infinity'", ["SELECT 'infinity'"]),
        (operadores.verdade, "SELECT TRUE", ["SELECT FALSE"]),
        (operadores.lista, "SELECT a IN (b, c)", ["SELECT a IN (b)", "SELECT a IN (c)"]),
        (
            operadores.uniao,
            "SELECT a UNION ALL SELECT b",
            ["SELECT a", "SELECT a WHERE FALSE UNION ALL SELECT b"],
        ),
    ],
)
def test_an_operator_makes_each_small_change_and_no_other(
    operador: Operador, consulta: str, esperadas: list[str]
) -> None:
    assert mudancas(consulta, operador) == esperadas


def test_the_keys_of_a_distinct_on_keep_their_order() -> None:
    consulta = "SELECT DISTINCT ON (a) b FROM t ORDER BY a, c"
    assert {m.chave for m in mutantes(consulta, (operadores.ordem,))} == {
        "SELECT: c → c DESC NULLS LAST",
        "SELECT: c → c NULLS FIRST",
    }


def test_a_mutant_says_what_changed_in_which_cte_and_on_which_line() -> None:
    consulta = (
        "WITH prova AS (\n  SELECT a\n  FROM t\n  WHERE b\n    AND c < 1)\nSELECT FROM prova JOIN u ON d"
    )
    assert {(m.linha, m.chave) for m in mutantes(consulta, (operadores.predicado,))} == {
        (4, "prova: drop b"),
        (5, "prova: drop c < 1"),
        (6, "SELECT JOIN u: drop d"),
    }


def test_the_same_change_in_two_places_has_two_names() -> None:
    chaves = [m.chave for m in mutantes("SELECT NOT a, NOT a", (operadores.negacao,))]
    assert chaves == ["SELECT: NOT a → a", "SELECT: NOT a → a (2)"]


def test_no_mutant_is_the_query_itself_nor_comes_twice() -> None:
    consulta = "SELECT COALESCE(a, a) FROM t WHERE a = 1 AND a = 1"
    escritos = [m.sql for m in mutantes(consulta)]
    assert len(escritos) == len(set(escritos))
    assert original(consulta) not in escritos
