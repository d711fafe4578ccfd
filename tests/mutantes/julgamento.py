"""Ask a mutant what the rule is asked, and see whether anybody would notice."""

from enum import Enum

import psycopg
from psycopg.rows import class_row

from convenentes.situacao import Linha
from tests.convenentes import comparacao
from tests.mutantes.mundos import Pergunta


class Sentenca(Enum):
    INVALIDO = "PostgreSQL does not understand it: no mutant"
    MORTO = "another answer than the oracle's, or an error"
    VIVO = "the same answers"


def julgar(conexao: psycopg.Connection, sql: str, perguntas: list[Pergunta]) -> Sentenca:
    """The connection is in autocommit: one error does not spoil the next mutant."""
    try:
        conexao.execute(f"EXPLAIN {sql}", perguntas[0].parametros)
    except psycopg.Error:
        return Sentenca.INVALIDO
    certo = all(_acerta(conexao, sql, pergunta) for pergunta in perguntas)
    return Sentenca.VIVO if certo else Sentenca.MORTO


def _acerta(conexao: psycopg.Connection, sql: str, pergunta: Pergunta) -> bool:
    with conexao.cursor(row_factory=class_row(Linha)) as cursor:
        try:
            linhas = cursor.execute(sql, pergunta.parametros).fetchall()
        except psycopg.Error:
            return False
    return comparacao.ditas(linhas) == pergunta.esperadas
