"""A world made by hand, of what the lot draws too seldom: for each organisation a day or an instant decides one thing.

Its lines and registers have names of their own, so that it can be joined to a world drawn by lot.
"""

from datetime import date, time

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
    Obrigacao("borda_cadastro", validades=("VIVA",)),
    Obrigacao("borda_anual", validades=("ANO",), grupo=4),
    Obrigacao("borda_do_ente", "ente_controlador", ("IMPRESSA",)),
    Obrigacao("borda_devedores", "fonte", ("VIVA",), 5, fonte="borda_devedores"),
    Obrigacao("borda_tempo", "calculada", ("VIVA",), 7, causa=False),
)


def _mandato(mandato: Mandato) -> Organizacao:
    """What proves the person and what proves the organisation, both bound to this mandate."""
    provas = (
        Prova("borda_posse", _ACEITA, "MANDATO", mandato=0),
        Prova("borda_ato", as_(dias(-99)), "MANDATO", mandato=0),
    )
    return Organizacao(mandatos=(mandato,), provas=provas)


def _consulta(dia: date, vale_ate: date | None = None) -> Organizacao:
    return Organizacao(consultas=(Consulta("borda_devedores", dia, as_(dia), vale_ate=vale_ate),))


_ORGANIZACOES = (
    # The only one that follows the second, and that one the only one that has what it needs.
    Organizacao(controlador=1, pedidos=(Pedido(_ACEITA, "em_analise", {"borda_certidao": "preenchido"}),)),
    Organizacao(provas=(Prova("borda_certidao", _ACEITA, valido_ate=dias(40)),)),
    # At the last instant of a day.
    Organizacao(
        provas=(Prova("borda_certidao", _ACEITA, valido_ate=dias(40), encerrada_em=_ULTIMO_INSTANTE),),
        afastadas=(Afastada("borda_ato", HOJE, dias(5), _ULTIMO_INSTANTE),),
    ),
    # What never ends, whatever the mandate, and a paper that says no year.
    Organizacao(
        mandatos=(Mandato(dias(-300), dias(3)),),
        provas=(
            Prova("borda_cadastro", _ACEITA, "VIVA", mandato=0),
            Prova("borda_anual", as_(dias(-99)), "ANO", mandato=0),
        ),
    ),
    # Mandates: the act, the day set by the team and the last day in office, each of them the first to come.
    _mandato(Mandato(dias(-300), dias(3), fica=True)),
    _mandato(Mandato(dias(-300), dias(9), provas_ate=dias(3))),
    _mandato(Mandato(dias(-300), dias(3), provas_ate=dias(9))),
    _mandato(Mandato(dias(-300), dias(9), saida=dias(3))),
    _mandato(Mandato(dias(-300), None, provas_ate=dias(3))),
    # Two years of existence, today.
    Organizacao(abertura=HOJE.replace(year=HOJE.year - 2)),
    # Seven days, and the outages below.
    _consulta(dias(-5)),
    _consulta(dias(-9)),
    _consulta(dias(-5), vale_ate=HOJE),
)

MUNDO = Mundo(
    OBRIGACOES,
    _ORGANIZACOES,
    {"borda_devedores": 7},
    (
        # The second one finds an answer of five days ago still in force only because of the first.
        Fora("borda_devedores", dias(-1), dias(1), as_(dias(-3))),
        Fora("borda_devedores", dias(5), dias(6), as_(dias(-3))),
    ),
)
