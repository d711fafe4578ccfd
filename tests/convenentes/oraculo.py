"""The regularity rule once more, in plain Python, written from docs/dominio.md and not from the SQL.

A world is a handful of values. ``tests/convenentes/mundo.py`` turns it into rows; the rule must then say of the
rows what this file says of the values.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
AVISO = timedelta(days=30)
UM_DIA = timedelta(days=1)
SEM_FIM = date.max
NUNCA = date.min
LEI = "Lei nº 1"  # takes away whatever is taken away
_AREAS = {
    "area_saude": "saude",
    "area_assistencia_social": "assistencia_social",
    "area_crianca": "crianca",
}


@dataclass(frozen=True)
class Obrigacao:
    """One version of a line: of two with the same ``codigo``, the later one begins after the earlier one ended."""

    codigo: str
    escopo: str = "convenente"
    validades: tuple[str, ...] = ("IMPRESSA",)  # one kind of document each
    grupo: int = 3
    causa: bool = True
    condicao: str = "sempre"
    fonte: str = ""
    de: date = NUNCA  # the beginning of the catalogue
    ate: date | None = None
    transicao_ate: date | None = None


@dataclass(frozen=True)
class Mandato:
    de: date
    ate: date | None  # what the act says
    saida: date | None = None  # last day in office, when it came earlier
    provas_ate: date | None = None  # set by the team, for a post without term
    fica: bool = False  # in office beyond the term, since nobody came after
    retoma: int | None = None  # the one that a substitution interrupted, and this one goes on with


@dataclass(frozen=True)
class Prova:
    obrigacao: str
    aceita_em: datetime
    documento: str | None = "IMPRESSA"  # kind, by its validity; None: the team checked by itself
    valido_ate: date | None = None
    ano: int | None = None
    mandato: int | None = None
    encerrada_em: datetime | None = None
    versao: int = 0  # accepted for the first, the second … version of the line


@dataclass(frozen=True)
class Consulta:
    fonte: str
    dia: date
    registrada_em: datetime
    restricao: bool = False
    vale_ate: date | None = None  # printed by the register


@dataclass(frozen=True)
class Pedido:
    enviado_em: datetime
    estado: str
    itens: dict[str, str]
    versao: int = 0
    alteracao: bool = False  # of representante legal: nobody else's business


@dataclass(frozen=True)
class Afastada:
    """A line that the law takes away from somebody."""

    codigo: str
    de: date
    ate: date | None
    registrada_em: datetime


@dataclass(frozen=True)
class Fora:
    """Days on which a register was out, as the team declared."""

    fonte: str
    de: date
    ate: date
    declarada_em: datetime


@dataclass(frozen=True)
class Organizacao:
    estado: str = "ativo"
    abertura: date | None = None
    areas: tuple[str, ...] = ()
    respostas: dict[str, bool] = field(default_factory=dict)
    controlador: int | None = None
    mandatos: tuple[Mandato, ...] = ()
    provas: tuple[Prova, ...] = ()
    consultas: tuple[Consulta, ...] = ()
    pedidos: tuple[Pedido, ...] = ()
    afastadas: tuple[Afastada, ...] = ()


@dataclass(frozen=True)
class Rascunho:
    """A norm not yet published: what it would ask for (``de`` is no day yet), and which versions it would end."""

    novas: tuple[Obrigacao, ...] = ()
    revoga: tuple[Obrigacao, ...] = ()


@dataclass(frozen=True)
class Mundo:
    obrigacoes: tuple[Obrigacao, ...]
    organizacoes: tuple[Organizacao, ...]
    prazos: dict[str, int]  # days for which the answer of each register holds
    foras: tuple[Fora, ...] = ()
    rascunho: Rascunho = Rascunho()


@dataclass(frozen=True)
class Resposta:
    """What is said of one obligation, and on what it rests."""

    obrigacao: Obrigacao
    estado: str
    valido_ate: date | None = None
    irregular: bool = False
    em_transicao: bool = False
    vence_em: int | None = None
    em_analise: bool = False
    origem: str | None = None
    verificado_em: datetime | None = None
    prova: "Melhor | None" = None


@dataclass(frozen=True)
class Melhor:
    """The proof that counts, the position of who holds it, and its last day."""

    titular: int
    prova: Prova
    fim: date


def papel(validade: str) -> str:
    """The name of the kind of document that has this validity."""
    return f"Papel {validade}"


def ate_o_fim_do(dia: date) -> datetime:
    """The first instant of the next day in São Paulo: what happened before it happened on ``dia`` or earlier."""
    return datetime.combine(dia + timedelta(days=1), time.min, tzinfo=SAO_PAULO)


def responder(
    mundo: Mundo, quem: int, dia: date, catalogo: date | None = None, rascunho: Rascunho | None = None
) -> dict[str, Resposta]:
    """What the rule must say of each obligation of the organisation ``quem`` on ``dia``.

    ``catalogo`` is the day whose obligations are asked for, with their transitions, when it is another one;
    ``rascunho`` a norm not yet published, as if it were in force.
    """
    catalogo = catalogo or dia
    return {
        obrigacao.codigo: _resposta(mundo, quem, obrigacao, dia, catalogo)
        for obrigacao in _pedidas(mundo, catalogo, rascunho or Rascunho())
    }


def _pedidas(mundo: Mundo, catalogo: date, rascunho: Rascunho) -> list[Obrigacao]:
    mudam = {o.codigo for o in rascunho.novas}
    em_vigor = [o for o in mundo.obrigacoes if o.de <= catalogo <= (o.ate or SEM_FIM)]
    ficam = [o for o in em_vigor if o.codigo not in mudam and o not in rascunho.revoga]
    return [*ficam, *rascunho.novas]


def _resposta(mundo: Mundo, quem: int, obrigacao: Obrigacao, dia: date, catalogo: date) -> Resposta:
    org = mundo.organizacoes[quem]
    if not _aplica(org, obrigacao):
        return Resposta(obrigacao, "nao_se_aplica")
    prova = _melhor_prova(mundo, quem, obrigacao, dia)
    consulta = _ultima_consulta(org, obrigacao.fonte, dia)
    pedido = _do_pedido(org, obrigacao, dia)
    if afastada := _afastada(org, obrigacao, dia):
        estado, valido_ate = "afastada", afastada.ate
    elif obrigacao.escopo == "fonte":
        estado, valido_ate = _do_cadastro(mundo, consulta, dia)
    elif obrigacao.escopo == "calculada":
        estado, valido_ate = _dois_anos(org.abertura, dia), None
    else:
        estado, valido_ate = _da_prova(prova, pedido, dia), prova.fim if prova else None
    falta = estado not in {"vigente", "vence_em_breve", "afastada"}
    em_transicao = obrigacao.transicao_ate is not None and catalogo <= obrigacao.transicao_ate
    return Resposta(
        obrigacao,
        estado,
        None if valido_ate in {NUNCA, SEM_FIM} else valido_ate,
        falta and obrigacao.causa and obrigacao.grupo <= 5 and not em_transicao,
        falta and em_transicao,
        (valido_ate - dia).days if valido_ate and estado == "vence_em_breve" else None,
        pedido == "em_analise",
        LEI if afastada else _origem(prova, consulta),
        _verificado_em(prova, consulta),
        prova,
    )


def _origem(melhor: Melhor | None, consulta: Consulta | None) -> str | None:
    """The register, or the kind of document; nothing when the team checked by itself."""
    if consulta:
        return consulta.fonte
    return papel(melhor.prova.documento) if melhor and melhor.prova.documento else None


def _verificado_em(melhor: Melhor | None, consulta: Consulta | None) -> datetime | None:
    """When it was accepted, on the clock of São Paulo; of a register, the day on which it was asked."""
    if consulta:
        return datetime.combine(consulta.dia, time.min)
    return melhor.prova.aceita_em.astimezone(SAO_PAULO).replace(tzinfo=None) if melhor else None


def regular(mundo: Mundo, quem: int, respostas: dict[str, Resposta]) -> bool:
    """Whether the record reads regular: active, with some obligation, none of which is missing."""
    ativo = mundo.organizacoes[quem].estado == "ativo"
    return ativo and bool(respostas) and not any(r.irregular for r in respostas.values())


def _afastada(org: Organizacao, obrigacao: Obrigacao, dia: date) -> Afastada | None:
    for a in org.afastadas:
        sabida = a.registrada_em < ate_o_fim_do(dia)
        if a.codigo == obrigacao.codigo and a.de <= dia <= (a.ate or SEM_FIM) and sabida:
            return a
    return None


def _da_prova(melhor: Melhor | None, pedido: str, dia: date) -> str:
    if melhor and melhor.fim >= dia:
        return "vence_em_breve" if melhor.fim - dia < AVISO else "vigente"
    return pedido or ("vencido" if melhor else "nao_apresentado")


def _melhor_prova(mundo: Mundo, quem: int, obrigacao: Obrigacao, dia: date) -> Melhor | None:
    """The one that proves for longest; of equal ones the last accepted."""
    posicao = mundo.organizacoes[quem].controlador if obrigacao.escopo == "ente_controlador" else quem
    if posicao is None:
        return None
    titular = mundo.organizacoes[posicao]
    contam = (
        Melhor(posicao, p, _fim(titular, p, obrigacao, dia))
        for p in titular.provas
        if _prova_a_linha(titular, p, obrigacao, dia) and _em_vigor(p, dia)
    )
    return max(contam, key=lambda m: (m.fim, m.prova.aceita_em), default=None)


def _aplica(org: Organizacao, obrigacao: Obrigacao) -> bool:
    if obrigacao.condicao in _AREAS:
        return _AREAS[obrigacao.condicao] in org.areas
    if obrigacao.condicao in {"se_houver", "se_delegado"}:
        return org.respostas.get(obrigacao.codigo) is not False  # without an answer, it is asked for
    if obrigacao.condicao == "rpps":
        return org.respostas.get("rpps") is not False
    return True


def _em_vigor(prova: Prova, dia: date) -> bool:
    fim = ate_o_fim_do(dia)
    return prova.aceita_em < fim and (prova.encerrada_em is None or prova.encerrada_em >= fim)


def _prova_a_linha(titular: Organizacao, prova: Prova, obrigacao: Obrigacao, dia: date) -> bool:
    """Of a kind that the line accepts today, or checked by the team itself, for whatever version of the line."""
    if obrigacao.escopo == "ente_controlador":
        return prova.documento in obrigacao.validades
    if prova.documento is not None and prova.documento not in obrigacao.validades:
        return False
    if obrigacao.escopo == "representante" and prova.mandato is not None:
        return prova.obrigacao == obrigacao.codigo and any(m.de <= dia for m in _periodos(titular, prova))
    return prova.obrigacao == obrigacao.codigo


def _periodos(titular: Organizacao, prova: Prova) -> list[Mandato]:
    """The mandate of the proof, and its continuation after a substitution."""
    return [m for i, m in enumerate(titular.mandatos) if prova.mandato in {i, m.retoma}]


def _fim(titular: Organizacao, prova: Prova, obrigacao: Obrigacao, dia: date) -> date:
    match prova.documento:
        case None | "PERM" | "VIVA":
            return SEM_FIM
        case "IMPRESSA" | "FIXA":
            return prova.valido_ate or NUNCA
        case "ANO":
            return NUNCA if prova.ano is None else date(prova.ano, 12, 31)
    if prova.mandato is None:
        return SEM_FIM
    periodos = _periodos(titular, prova)
    if obrigacao.escopo != "representante":
        return max(min(m.ate or SEM_FIM, m.provas_ate or SEM_FIM) for m in periodos)
    # His own papers come and leave with the person.
    return max(
        min(m.ate or SEM_FIM, m.provas_ate or SEM_FIM, m.saida or SEM_FIM) for m in periodos if m.de <= dia
    )


def _ultima_consulta(org: Organizacao, fonte: str, dia: date) -> Consulta | None:
    """What the register last said, as far as was known at the end of ``dia``; of the same day, the last one."""
    sabidas = [
        c for c in org.consultas if c.fonte == fonte and c.dia <= dia and c.registrada_em < ate_o_fim_do(dia)
    ]
    ultimo_dia = max((c.dia for c in sabidas), default=None)
    return next((c for c in reversed(sabidas) if c.dia == ultimo_dia), None)


def _do_cadastro(mundo: Mundo, ultima: Consulta | None, dia: date) -> tuple[str, date | None]:
    if ultima is None:
        return "nao_verificado", None
    vale_ate = min(ultima.dia + timedelta(days=mundo.prazos[ultima.fonte]), ultima.vale_ate or SEM_FIM)
    if vale_ate < ultima.dia:
        return "nao_verificado", vale_ate
    ate, restam = (
        ultima.dia,
        (vale_ate - ultima.dia).days,
    )  # one day at a time; those of an outage do not count
    while restam or _fora_do_ar(mundo, ultima.fonte, ate + UM_DIA, dia):
        ate += UM_DIA
        restam -= not _fora_do_ar(mundo, ultima.fonte, ate, dia)
    if ate < dia:
        return "nao_verificado", ate
    return ("com_restricao" if ultima.restricao else "vigente"), ate


def _fora_do_ar(mundo: Mundo, fonte: str, quando: date, dia: date) -> bool:
    """Whether the register was out on a day, as far as was known at the end of ``dia``."""
    return any(
        f.fonte == fonte and f.de <= quando <= f.ate and f.declarada_em < ate_o_fim_do(dia)
        for f in mundo.foras
    )


def _dois_anos(abertura: date | None, dia: date) -> str:
    if abertura is None:
        return "nao_verificado"
    try:
        completos = abertura.replace(year=abertura.year + 2)
    except ValueError:  # 29 February: the day after, when there is no such day (Código Civil, art. 132, § 3º)
        completos = date(abertura.year + 2, 3, 1)
    return "vigente" if completos <= dia else "nao_atendido"


def _do_pedido(org: Organizacao, obrigacao: Obrigacao, dia: date) -> str:
    sobre = [
        p
        for p in org.pedidos
        if p.enviado_em < ate_o_fim_do(dia)
        and p.estado not in {"cancelada", "expirada"}
        and not p.alteracao
        and obrigacao.codigo in p.itens
    ]
    if not sobre:
        return ""
    ultimo = max(sobre, key=lambda p: p.enviado_em)
    match ultimo.estado, ultimo.itens[obrigacao.codigo]:
        case ("em_analise", "preenchido") | ("em_analise" | "com_pendencia", "aceito"):
            return "em_analise"
        case _, "recusado":
            return "recusado"
    return ""
