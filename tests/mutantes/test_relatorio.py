"""The command is content when enough mutants are killed and docs/mutantes.md names the others, and no more."""

import pytest

from tests.mutantes.mutacao import Mutante
from tests.mutantes.relatorio import Relatorio

VIVO = Mutante("prova: drop a", 7, "SELECT")
PAGINA = "# Why\n\nBecause.\n\n- `prova: drop a`\n"


def test_a_survivor_that_the_page_explains_is_listed_and_accepted() -> None:
    relatorio = Relatorio([VIVO], 100, PAGINA)
    assert relatorio.satisfaz
    assert list(relatorio.linhas()) == ["linhas.sql:7  prova: drop a", "99 of 100 killed, 99.0 %"]


@pytest.mark.parametrize(
    ("vivos", "pagina", "queixa"),
    [
        ([VIVO], "", "survives, and docs/mutantes.md does not say why: prova: drop a"),
        ([], PAGINA, "docs/mutantes.md explains it, but it does not survive: prova: drop a"),
    ],
)
def test_a_page_that_aged_is_refused(vivos: list[Mutante], pagina: str, queixa: str) -> None:
    relatorio = Relatorio(vivos, 100, pagina)
    assert not relatorio.satisfaz
    assert queixa in relatorio.linhas()


@pytest.mark.parametrize(("total", "satisfaz"), [(20, True), (19, False)])
def test_95_in_100_must_be_killed(total: int, satisfaz: bool) -> None:
    assert Relatorio([VIVO], total, PAGINA).satisfaz == satisfaz
