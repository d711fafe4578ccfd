"""Working days, and by when the team answers (docs/dominio.md, Atendimento)."""

from datetime import date, timedelta

from atendimento.models import Categoria

DIAS_UTEIS = 5
DIAS_UTEIS_DE_QUEM_ESTA_PARADO = 2
PARADOS = frozenset(
    {Categoria.ACESSO, Categoria.REPRESENTANTE, Categoria.ASSINATURA, Categoria.EMAIL, Categoria.DIVERGENCIA}
)
# National holidays of a fixed day, as (month, day): Leis federais 662/1949, 6.802/1980 and 14.759/2023. Those that
# move with Easter and those of the State are not here: on them a deadline falls a day earlier than it might.
_FERIADOS = frozenset({(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)})
_SABADO = 5


def prazo(categoria: str, desde: date) -> date:
    """Return the last day to answer a request that came on ``desde``: two working days when it stops somebody."""
    dias = DIAS_UTEIS_DE_QUEM_ESTA_PARADO if categoria in PARADOS else DIAS_UTEIS
    dia = desde
    while dias:
        dia += timedelta(days=1)
        dias -= dia_util(dia)
    return dia


def dia_util(dia: date) -> bool:
    """Tell whether the office works on this day."""
    return dia.weekday() < _SABADO and (dia.month, dia.day) not in _FERIADOS
