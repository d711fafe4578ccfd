"""``make bench``: measure everything, or what ``NAME=`` names. The last columns say the goal and whether it was met."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import django

from bench import paginas
from tests.servicos import Operario, Servicos

# Those of the rule live in a module that reads the settings, and so needs the database first.
DA_REGRA = ("situacao-um", "situacao-todos")
NOMES = ("paginas", *DA_REGRA)


def main() -> None:
    """Run the benchmarks named on the command line, or all. Raises SystemExit when there is no such name."""
    pedidas = sys.argv[1:] or NOMES
    if desconhecidas := [nome for nome in pedidas if nome not in NOMES]:
        raise SystemExit(f"Não há {', '.join(desconhecidas)}. Escolha entre {', '.join(NOMES)}.")
    if "paginas" in pedidas:
        paginas.medir()
    da_regra = [nome for nome in DA_REGRA if nome in pedidas]
    if da_regra:
        with _banco():
            medidas: dict[str, Callable[[], None]] = import_module("bench.regra").MEDIDAS
            for nome in da_regra:
                medidas[nome]()


@contextmanager
def _banco() -> Iterator[None]:
    """The PostgreSQL of the tests, with a fresh database."""
    servicos = Servicos()
    try:
        servicos.subir()
        os.environ["CAGEC_STATEMENT_TIMEOUT_MS"] = "300000"  # as the jobs have
        Operario("bench").recriar_banco()
        django.setup()
        yield
    finally:
        servicos.parar()


if __name__ == "__main__":
    main()
