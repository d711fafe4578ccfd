"""Working days, and by when the team answers (docs/dominio.md, Atendimento)."""

from datetime import date, timedelta

from dateutil.easter import easter

from atendimento.models import Categoria, DiaSemExpediente

DIAS_UTEIS = 5
DIAS_UTEIS_DE_QUEM_ESTA_PARADO = 2
PARADOS = frozenset(
    {Categoria.ACESSO, Categoria.REPRESENTANTE, Categoria.ASSINATURA, Categoria.EMAIL, Categoria.DIVERGENCIA}
)
# National holidays of a fixed day, as (month, day): Leis federais 662/1949, 6.802/1980 and 14.759/2023. 21 April is
# also the date of Minas.
_FERIADOS = frozenset({(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)})
# Days off that move, in days from Easter: Monday and Tuesday of Carnaval, Sexta-feira Santa, Corpus Christi. All but
# the third are pontos facultativos, which the State decrees every year.
_DA_PASCOA = frozenset({-48, -47, -2, 60})
_SABADO = 5


def prazo(categoria: str, desde: date) -> date:
    """Return the last day to answer a request that came on ``desde``: two working days when it stops somebody."""
    dias = DIAS_UTEIS_DE_QUEM_ESTA_PARADO if categoria in PARADOS else DIAS_UTEIS
    da_equipe = set(DiaSemExpediente.objects.filter(dia__gt=desde).values_list("dia", flat=True))
    dia = desde
    while dias:
        dia += timedelta(days=1)
        dias -= dia_util(dia) and dia not in da_equipe
    return dia


def dia_util(dia: date) -> bool:
    """Tell whether this is a working day in all of Minas Gerais."""
    if dia.weekday() >= _SABADO or (dia.month, dia.day) in _FERIADOS:
        return False
    return (dia - easter(dia.year)).days not in _DA_PASCOA
