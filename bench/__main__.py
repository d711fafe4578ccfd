"""``make bench``: measure everything, or what ``NAME=`` names. The last columns say the goal and whether it was met."""

import sys
from importlib import import_module

from bench import paginas
from tests.servicos import banco_avulso

# Where each one is. These modules read the settings, and so need the database first.
NO_BANCO = {
    "situacao-um": ("bench.regra", "um"),
    "situacao-todos": ("bench.regra", "todos"),
    "avisos": ("bench.avisos", "medir"),
    "envio": ("bench.envio", "medir"),
    "legado-convidar": ("bench.convites", "medir"),
    "legado-linhas": ("bench.legado", "linhas"),
    "legado-pares": ("bench.legado", "pares"),
    "legado-arquivos": ("bench.legado", "arquivos"),
    "previa": ("bench.previa", "medir"),
    "verificar": ("bench.verificar", "medir"),
}
NOMES = ("paginas", *NO_BANCO)


def main() -> None:
    """Run the benchmarks named on the command line, or all. Raises SystemExit when there is no such name."""
    pedidas = sys.argv[1:] or NOMES
    if desconhecidas := [nome for nome in pedidas if nome not in NOMES]:
        raise SystemExit(f"Não há {', '.join(desconhecidas)}. Escolha entre {', '.join(NOMES)}.")
    if "paginas" in pedidas:
        paginas.medir()
    no_banco = [nome for nome in NO_BANCO if nome in pedidas]
    if no_banco:
        with banco_avulso("bench"):
            for modulo, medida in (NO_BANCO[nome] for nome in no_banco):
                getattr(import_module(modulo), medida)()


if __name__ == "__main__":
    main()
