"""``make bench``: measure everything, or what ``NAME=`` names. The last columns say the goal and whether it was met."""

import subprocess
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
    """Run the benchmarks named on the command line, or all, each in a process and on a database of its own.

    Raises SystemExit when there is no such name, and CalledProcessError when one could not be measured.
    """
    pedidas = sys.argv[1:] or NOMES
    if desconhecidas := [nome for nome in pedidas if nome not in NOMES]:
        raise SystemExit(f"Não há {', '.join(desconhecidas)}. Escolha entre {', '.join(NOMES)}.")
    if len(pedidas) > 1:
        for nome in pedidas:
            subprocess.run([sys.executable, "-m", "bench", nome], check=True)
    elif pedidas[0] == "paginas":
        paginas.medir()
    else:
        modulo, medida = NO_BANCO[pedidas[0]]
        with banco_avulso("bench"):
            getattr(import_module(modulo), medida)()


if __name__ == "__main__":
    main()
