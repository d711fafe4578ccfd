"""By when the team answers: two or five working days."""

from datetime import date

import pytest

from atendimento.models import Categoria
from atendimento.prazos import dia_util, prazo


@pytest.mark.parametrize(
    ("categoria", "desde", "ate"),
    [
        (Categoria.ACESSO, date(2026, 11, 23), date(2026, 11, 25)),
        (Categoria.ACESSO, date(2026, 11, 26), date(2026, 11, 30)),  # a weekend between
        (Categoria.DOCUMENTOS, date(2026, 11, 23), date(2026, 11, 30)),
        (Categoria.DOCUMENTOS, date(2026, 11, 28), date(2026, 12, 4)),  # asked on a Saturday
        (Categoria.ACESSO, date(2026, 12, 24), date(2026, 12, 29)),  # Christmas and a weekend between
    ],
)
def test_the_deadline_counts_the_days_that_the_office_works(categoria: str, desde: date, ate: date) -> None:
    assert prazo(categoria, desde) == ate


def test_nobody_works_on_a_sunday_or_on_the_day_of_the_republic() -> None:
    assert not dia_util(date(2026, 11, 29))
    assert not dia_util(date(2027, 11, 15))
    assert dia_util(date(2026, 11, 30))
