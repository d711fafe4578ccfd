"""A world made by hand, of what the lot draws too seldom: for each organisation a day or an instant decides one thing.

Its lines and registers have names of their own, so that it can be joined to a world drawn by lot.
"""

from datetime import date, datetime, time
from typing import Any

from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import (
    Afastada,
    Consulta,
    Fora,
    Mandato,
    Mundo,
    Obrigacao,
    Organizacao,
    Pedido,
    Prova,
)

DIAS = [dias(n) for n in range(-10, 16)]
_ACEITA = as_(dias(-100))
_ULTIMO_INSTANTE = as_(HOJE, time(23, 59, 59, 999_999))

OBRIGACOES = (
    Obrigacao("borda_posse", "representante", ("MANDATO",), 2),
    Obrigacao("borda_ato", validades=("MANDATO",), grupo=1),
    Obrigacao("borda_certidao"),
    Obrigacao("borda_cadastro", validades=("VIVA", "PERM")),
    Obrigacao("borda_anual", validades=("ANO",), grupo=4),
    Obrigacao("borda_do_ente", "ente_controlador", ("IMPRESSA",)),
    Obrigacao("borda_devedores", "fonte", ("VIVA",), 5, fonte="borda_devedores"),
    Obrigacao("borda_sancoes", "fonte", ("VIVA",), 5, causa=False, fonte="borda_sancoes"),
    Obrigacao("borda_nova", transicao_ate=dias(8)),
    Obrigacao("borda_opcional", condicao="se_houver"),
    Obrigacao("borda_saude", grupo=6, causa=False, condicao="area_saude"),
    Obrigacao("borda_tempo", "calculada", ("VIVA",), 7, causa=False),
)


def _certidao(aceita_em: datetime = _ACEITA, encerrada_em: datetime | None = None) -> Prova:
    return Prova("borda_certidao", aceita_em, valido_ate=dias(40), encerrada_em=encerrada_em)


def _com_provas(*provas: Prova, ate: date | None = None) -> Organizacao:
    """In a mandate that ends on that day, when it has an end."""
    return Organizacao(mandatos=(Mandato(dias(-300), ate),), provas=provas)


def _mandato(*mandatos: Mandato) -> Organizacao:
    """What proves the person and what proves the organisation, both bound to the first mandate."""
    provas = (
        Prova("borda_posse", _ACEITA, "MANDATO", mandato=0),
        Prova("borda_ato", as_(dias(-99)), "MANDATO", mandato=0),
    )
    return Organizacao(mandatos=mandatos, provas=provas)


def _pedido(*pedidos: tuple[str, str]) -> Organizacao:
    """Requests, one a day, each in this state with this item."""
    dos_dias = enumerate(pedidos)
    return Organizacao(
        pedidos=tuple(
            Pedido(as_(dias(n - 100)), estado, {"borda_certidao": i}) for n, (estado, i) in dos_dias
        )
    )


def _alteracao(estado: str) -> Organizacao:
    """Somebody asks to represent it: its lines say nothing of that."""
    return Organizacao(
        pedidos=(
            Pedido(
                _ACEITA, estado, {"borda_ato": "preenchido", "borda_certidao": "recusado"}, alteracao=True
            ),
        )
    )


def _devedores(dia: date, quando: datetime | None = None, **campos: Any) -> Consulta:
    return Consulta("borda_devedores", dia, quando or as_(dia), **campos)


# Who follows, and the followed: a document proves for both, what the team checked by itself does not.
_DO_ENTE = (
    Organizacao(controlador=1, pedidos=(Pedido(_ACEITA, "em_analise", {"borda_certidao": "preenchido"}),)),
    Organizacao(provas=(_certidao(),)),
    Organizacao(controlador=3),
    Organizacao(provas=(Prova("borda_certidao", _ACEITA, None),)),
)
_NO_ULTIMO_INSTANTE = (
    Organizacao(
        provas=(_certidao(encerrada_em=_ULTIMO_INSTANTE),),
        afastadas=(
            Afastada("borda_ato", dias(-2), dias(5), _ULTIMO_INSTANTE),
            Afastada("borda_certidao", HOJE, dias(5), _ACEITA),
        ),
    ),
    Organizacao(
        provas=(_certidao(_ULTIMO_INSTANTE),),
        consultas=(_devedores(dias(-2), _ULTIMO_INSTANTE),),
        pedidos=(Pedido(_ULTIMO_INSTANTE, "em_analise", {"borda_ato": "preenchido"}),),
    ),
)
_PAPEIS = (
    # Whatever the mandate.
    _com_provas(Prova("borda_cadastro", _ACEITA, "VIVA", mandato=0), ate=dias(3)),
    _com_provas(Prova("borda_cadastro", _ACEITA, "PERM", mandato=0), ate=dias(3)),
    _com_provas(Prova("borda_cadastro", _ACEITA, None, mandato=0), ate=dias(3)),
    # With a year and without.
    _com_provas(Prova("borda_anual", _ACEITA, "ANO", ano=HOJE.year, mandato=0)),
    _com_provas(Prova("borda_anual", _ACEITA, "ANO", mandato=0)),
    # Without the day that should be printed on it.
    _com_provas(Prova("borda_certidao", _ACEITA)),
    # Two as good as each other: the last accepted.
    _com_provas(Prova("borda_cadastro", _ACEITA, "PERM"), Prova("borda_cadastro", as_(dias(-99)), "VIVA")),
    # In a line whose transition is not over.
    Organizacao(provas=(Prova("borda_nova", _ACEITA, valido_ate=dias(4)),)),
)
_MANDATOS = (
    # The act, the day set by the team and the last day in office, each of them the first to come.
    _mandato(Mandato(dias(-300), dias(3), fica=True)),
    _mandato(Mandato(dias(-300), dias(9), provas_ate=dias(3))),
    _mandato(Mandato(dias(-300), dias(3), provas_ate=dias(9))),
    _mandato(Mandato(dias(-300), dias(9), saida=dias(3))),
    _mandato(Mandato(dias(-300), None, provas_ate=dias(3))),
    # Without end, and from today.
    _mandato(Mandato(HOJE, None)),
    # Interrupted by a substitution, and gone on with from today.
    _mandato(Mandato(dias(-300), dias(60), saida=dias(-20)), Mandato(HOJE, dias(60), retoma=0)),
)
_PEDIDOS = (
    _alteracao("em_analise"),
    _alteracao("indeferida"),
    _pedido(("cancelada", "recusado")),
    _pedido(("expirada", "recusado")),
    _pedido(("indeferida", "recusado")),
    _pedido(("em_analise", "aceito")),
    _pedido(("com_pendencia", "aceito")),
    _pedido(("com_pendencia", "preenchido")),
    _pedido(("indeferida", "recusado"), ("em_analise", "preenchido")),
)
_CADASTROS = (
    # Seven days, and the outages below.
    Organizacao(consultas=(_devedores(dias(-5)),)),
    Organizacao(consultas=(_devedores(dias(-9)),)),
    Organizacao(consultas=(_devedores(dias(-5), vale_ate=HOJE),)),
    Organizacao(consultas=(Consulta("borda_sancoes", dias(-8), as_(dias(-8)), restricao=True),)),
    # Two answers of one day, and one of a day to come.
    Organizacao(consultas=(_devedores(HOJE), _devedores(HOJE, as_(HOJE, time(13)), restricao=True))),
    Organizacao(consultas=(_devedores(dias(2), as_(HOJE)),)),
)
_OUTRAS = (
    # Taken away: what does not apply anyway, and what is in transition.
    Organizacao(
        respostas={"borda_opcional": False},
        afastadas=(
            Afastada("borda_opcional", HOJE, None, _ACEITA),
            Afastada("borda_nova", HOJE, dias(5), _ACEITA),
        ),
    ),
    Organizacao(areas=("saude",), afastadas=(Afastada("borda_nova", HOJE, dias(5), _ACEITA),)),
    # Sent in all the same.
    Organizacao(
        respostas={"borda_opcional": False},
        pedidos=(Pedido(_ACEITA, "em_analise", {"borda_opcional": "preenchido"}),),
    ),
    # Two years of existence, today.
    Organizacao(abertura=HOJE.replace(year=HOJE.year - 2)),
)

MUNDO = Mundo(
    OBRIGACOES,
    (*_DO_ENTE, *_NO_ULTIMO_INSTANTE, *_PAPEIS, *_MANDATOS, *_PEDIDOS, *_CADASTROS, *_OUTRAS),
    {"borda_devedores": 7, "borda_sancoes": 7},
    (
        # The second one finds an answer of five days ago still in force only because of the first.
        Fora("borda_devedores", dias(-1), dias(1), as_(dias(-3))),
        Fora("borda_devedores", dias(5), dias(6), as_(dias(-3))),
        # Declared late, at the last instant of a day.
        Fora("borda_sancoes", dias(-2), dias(2), _ULTIMO_INSTANTE),
    ),
)
