"""Every query that differs from a given one by one small change."""

from collections import Counter
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from tests.mutantes.operadores import OPERADORES, Operador, Troca


@dataclass(frozen=True)
class Mutante:
    """``chave`` is the change in words, and where: the CTE and the JOIN by name, since lines move."""

    chave: str
    linha: int
    sql: str


def original(consulta: str) -> str:
    """The query itself, written as its mutants are."""
    return _escrever(_ler(consulta))


def mutantes(consulta: str, operadores: tuple[Operador, ...] = OPERADORES) -> list[Mutante]:
    """Every mutant once, in the order of the lines; none is the query itself."""
    arvore = _ler(consulta)
    por_sql: dict[str, tuple[str, int]] = {}
    for no in list(arvore.walk(bfs=False)):
        for troca in (t for operador in operadores for t in operador(no)):
            por_sql.setdefault(_com(arvore, no, troca), (_chave(troca), _linha(troca.onde)))
    por_sql.pop(_escrever(arvore), None)
    vezes = Counter[str]()
    todos = []
    for sql, (chave, linha) in sorted(por_sql.items(), key=lambda par: par[1][1]):
        vezes[chave] += 1
        vez = vezes[chave]
        todos.append(Mutante(chave if vez == 1 else f"{chave} ({vez})", linha, sql))
    return todos


def _ler(consulta: str) -> exp.Expr:
    return sqlglot.parse_one(consulta, dialect="postgres")


def _escrever(arvore: exp.Expr) -> str:
    return arvore.sql(dialect="postgres", pretty=True, comments=False)


def _com(arvore: exp.Expr, no: exp.Expr, troca: Troca) -> str:
    if no is arvore:
        return _escrever(troca.novo)
    no.replace(troca.novo)
    sql = _escrever(arvore)
    troca.novo.replace(no)
    return sql


def _chave(troca: Troca) -> str:
    cte = troca.onde.find_ancestor(exp.CTE)
    perto = troca.onde.find_ancestor(exp.Join, exp.Select)
    onde = cte.alias if cte else "SELECT"
    if isinstance(perto, exp.Join):
        onde += f" JOIN {perto.this.alias_or_name}"
    return f"{onde}: {troca.de} → {troca.para}" if troca.para else f"{onde}: drop {troca.de}"


def _linha(no: exp.Expr | None) -> int:
    """The first line of the node, or of the nearest one around it that knows where it stands."""
    while no is not None:
        linhas = [n.meta["line"] for n in no.walk() if "line" in n.meta]
        if linhas:
            return int(min(linhas))
        no = no.parent
    return 1
