"""What may be wrong in a query, one small change at a time.

An operator looks at one node of the syntax tree and yields what could stand in its place. ``mutacao`` puts each of
them there, in turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

LARGURA = 100


@dataclass(frozen=True)
class Troca:
    """What stands in the place of a node, and the change in words: ``de`` becomes ``para``, or is dropped."""

    novo: exp.Expr
    de: str
    para: str
    onde: exp.Expr


Operador = Callable[[exp.Expr], Iterator[Troca]]


def texto(no: exp.Expr) -> str:
    """The node on one line, cut when it is long."""
    inteiro = " ".join(no.sql(dialect="postgres", comments=False).split())
    return inteiro if len(inteiro) <= LARGURA else f"{inteiro[:LARGURA]}…"


def _em_vez(no: exp.Expr, novo: exp.Expr) -> Troca:
    return Troca(novo, texto(no), texto(novo), no)


_ANTES = {"true": "THEN", "default": "ELSE", "on": "ON"}


def _dentro(no: exp.Expr, novo: exp.Expr) -> Troca:
    """A change too small to be understood without what is around it."""
    if papel := _ANTES.get(no.arg_key or ""):
        return Troca(novo, f"{papel} {texto(no)}", f"{papel} {texto(novo)}", no)
    em_volta = no.parent or no
    antes = texto(em_volta)
    no.replace(novo)
    depois = texto(em_volta)
    novo.replace(no)
    return Troca(novo, antes, depois, no)


def _sem(novo: exp.Expr, parte: exp.Expr, dita: str | None = None) -> Troca:
    return Troca(novo, dita or texto(parte), "", parte)


def _copia(no: exp.Expr, **partes: object) -> exp.Expr:
    copia: exp.Expr = no.copy()
    for nome, parte in partes.items():
        copia.set(nome, parte)
    return copia


_RELACOES = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ, exp.NEQ)


def relacao(no: exp.Expr) -> Iterator[Troca]:
    """``<``, ``<=``, ``>``, ``>=``, ``=`` and ``<>``: each is each other one. Words and lists have no order."""
    if not isinstance(no, _RELACOES):
        return
    sem_ordem = any(lado.is_string or isinstance(lado, exp.Any) for lado in (no.this, no.expression))
    for outra in (exp.EQ, exp.NEQ) if sem_ordem else _RELACOES:
        if type(no) is not outra:
            yield _em_vez(no, _outro(no, outra))


_OUTROS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.NullSafeNEQ: exp.NEQ,
    exp.NullSafeEQ: exp.EQ,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
}


def operacao(no: exp.Expr) -> Iterator[Troca]:
    """IS DISTINCT FROM forgets NULL, and ``+`` is ``-``."""
    outra = _OUTROS.get(type(no))
    if outra:
        yield _em_vez(no, _outro(no, outra))


def _outro(no: exp.Expr, operador: type[exp.Expr]) -> exp.Expr:
    return operador(this=no.this.copy(), expression=no.expression.copy())


def conectivo(no: exp.Expr) -> Iterator[Troca]:
    """AND is OR, and OR is AND."""
    if not isinstance(no, (exp.And, exp.Or)):
        return
    lados = [
        exp.paren(lado) if isinstance(lado, exp.Or) else lado.copy() for lado in (no.this, no.expression)
    ]
    era, fica = ("AND", "OR") if isinstance(no, exp.And) else ("OR", "AND")
    outro = exp.Or if fica == "OR" else exp.And
    novo = exp.Paren(this=outro(this=lados[0], expression=lados[1]))
    direita = texto(no.expression)
    yield Troca(novo, f"… {era} {direita}", f"… {fica} {direita}", no.expression)


def predicado(no: exp.Expr) -> Iterator[Troca]:
    """One condition less, in a chain or alone in its WHERE, ON or FILTER."""
    if isinstance(no, (exp.And, exp.Or)):
        yield _sem(no.this.copy(), no.expression)
        if type(no.this) is not type(no):  # of a longer chain each part has its turn
            yield _sem(no.expression.copy(), no.this)
    elif isinstance(no, (exp.Where, exp.Join)):
        nome = "on" if isinstance(no, exp.Join) else "this"
        sozinha = no.args.get(nome)
        if sozinha and not isinstance(sozinha, (exp.And, exp.Or, exp.Boolean)):
            yield _sem(_copia(no, **{nome: exp.true()}), sozinha)


def juncao(no: exp.Expr) -> Iterator[Troca]:
    """LEFT JOIN is JOIN, and JOIN is LEFT JOIN."""
    if isinstance(no, exp.Join) and no.kind != "CROSS":
        quem = no.this.alias_or_name
        if no.side == "LEFT":
            yield Troca(_copia(no, side=None), f"LEFT JOIN {quem}", f"JOIN {quem}", no)
        elif not no.side:
            yield Troca(_copia(no, side="LEFT"), f"JOIN {quem}", f"LEFT JOIN {quem}", no)


def argumento(no: exp.Expr) -> Iterator[Troca]:
    """One argument less in COALESCE, LEAST or GREATEST."""
    if not isinstance(no, (exp.Coalesce, exp.Least, exp.Greatest)):
        return
    todos = [no.this, *no.expressions]
    for fora in todos:
        primeiro, *outros = [a.copy() for a in todos if a is not fora]
        novo = _copia(no, this=primeiro, expressions=outros) if outros else primeiro
        yield _em_vez(no, novo)


def ramo(no: exp.Expr) -> Iterator[Troca]:
    """A CASE without one of its branches, or without its ELSE."""
    if not isinstance(no, exp.Case):
        return
    ramos, senao = no.args["ifs"], no.args.get("default")
    for fora in ramos:
        outros = [r.copy() for r in ramos if r is not fora]
        novo = _copia(no, ifs=outros) if outros else (senao.copy() if senao else exp.null())
        yield _sem(novo, fora.this, f"WHEN {texto(fora.this)} THEN {texto(fora.args['true'])}")
    if senao:
        yield _sem(_copia(no, default=None), senao, f"ELSE {texto(senao)}")


_EXTREMOS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Least: exp.Greatest,
    exp.Greatest: exp.Least,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
}


def extremo(no: exp.Expr) -> Iterator[Troca]:
    """LEAST is GREATEST, MIN is MAX, and the reverse."""
    outro = _EXTREMOS.get(type(no))
    if outro:
        yield _em_vez(
            no, outro(**{nome: parte for nome, parte in no.copy().args.items() if parte is not None})
        )


def ordem(no: exp.Expr) -> Iterator[Troca]:
    """The other end first, or NULL at the other end. Keys of a DISTINCT ON only bring together what is one."""
    if not isinstance(no, exp.Ordered) or no.this in _chaves_do_distinct(
        no.find_ancestor(exp.Select, exp.Window)
    ):
        return
    yield _em_vez(no, _copia(no, desc=not no.args.get("desc")))
    yield _em_vez(no, _copia(no, nulls_first=not no.args.get("nulls_first")))


def _chaves_do_distinct(consulta: exp.Expr | None) -> list[exp.Expr]:
    distinct = consulta.args.get("distinct") if consulta else None
    chaves = distinct.args.get("on") if distinct else None
    return list(chaves.expressions) if chaves else []


def chave(no: exp.Expr) -> Iterator[Troca]:
    """One key less in DISTINCT ON, and in the order that must begin with the same keys."""
    if not isinstance(no, exp.Select) or len(_chaves_do_distinct(no)) < 2:
        return
    for posicao, fora in enumerate(_chaves_do_distinct(no)):
        novo = no.copy()
        _chaves_do_distinct(novo)[posicao].pop()
        for termo in [o for o in novo.find_all(exp.Ordered) if o.this == fora]:
            termo.pop()
        yield Troca(novo, texto(no.args["distinct"]), texto(novo.args["distinct"]), no.args["distinct"])


def negacao(no: exp.Expr) -> Iterator[Troca]:
    """NOT is forgotten."""
    if isinstance(no, exp.Not):
        yield _em_vez(no, no.this.copy())
    elif no.args.get("negate"):  # IS NOT
        yield _em_vez(no, _copia(no, negate=None))


def inteiro(no: exp.Expr) -> Iterator[Troca]:
    """One more, one less."""
    em_intervalo = isinstance(no.parent, exp.Interval) and no.name.isdigit()
    if isinstance(no, exp.Literal) and (no.is_int or em_intervalo):
        for passo in (1, -1):
            valor = str(int(no.name) + passo)
            yield _dentro(no, exp.Literal.string(valor) if no.is_string else exp.Literal.number(valor))


_CONTRARIOS = {"infinity": "-infinity", "-infinity": "infinity", "false": "true", "America/Sao_Paulo": "UTC"}


def palavra(no: exp.Expr) -> Iterator[Troca]:
    """Another text; of what a type or a function must understand, another that it understands."""
    if isinstance(no, exp.Literal) and no.is_string and not isinstance(no.parent, exp.Interval):
        yield _dentro(no, exp.Literal.string(_CONTRARIOS.get(no.name, f"{no.name}~")))


def verdade(no: exp.Expr) -> Iterator[Troca]:
    """TRUE is FALSE, and FALSE is TRUE."""
    if isinstance(no, exp.Boolean):
        yield _dentro(no, exp.false() if no.this else exp.true())


def lista(no: exp.Expr) -> Iterator[Troca]:
    """One element less in an IN list."""
    if isinstance(no, exp.In) and len(no.expressions) > 1:
        for fora in no.expressions:
            yield _em_vez(no, _copia(no, expressions=[e.copy() for e in no.expressions if e is not fora]))


def uniao(no: exp.Expr) -> Iterator[Troca]:
    """One side less in a UNION; the first one goes on naming the columns."""
    if isinstance(no, exp.Union):
        yield _sem(no.this.copy(), no.expression)
        if isinstance(no.this, exp.Select):
            yield _sem(_copia(no, this=no.this.copy().where(exp.false())), no.this)


OPERADORES: tuple[Operador, ...] = (
    relacao,
    operacao,
    conectivo,
    predicado,
    juncao,
    argumento,
    ramo,
    extremo,
    ordem,
    chave,
    negacao,
    inteiro,
    palavra,
    verdade,
    lista,
    uniao,
)
