"""``make mutantes``: would anybody notice if the regularity rule were wrong? (docs/mutantes.md)"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from psycopg_pool import ConnectionPool

from tests.mutantes.mutacao import mutantes, original
from tests.mutantes.relatorio import Relatorio
from tests.servicos import banco_avulso

PAGINA = Path(__file__).resolve().parents[2] / "docs" / "mutantes.md"
DE_UMA_VEZ = 2
# They only read, each on its own; one that never ends is as good as one that fails.
_OPCOES = {"autocommit": True, "options": "-c default_transaction_read_only=on -c statement_timeout=30s"}


def main() -> None:
    """Print who survives. Raises SystemExit: 1 when too many do, or when the page does not say why."""
    with banco_avulso("mutantes"):
        relatorio = _julgar_todos()
    for linha in relatorio.linhas():
        print(linha)
    sys.exit(not relatorio.satisfaz)


def _julgar_todos() -> Relatorio:
    # These read the settings, and so need the database first.
    from convenentes.situacao import regra
    from tests.mutantes.julgamento import Sentenca, julgar
    from tests.mutantes.mundos import perguntas

    candidatos, feitas = mutantes(regra()), perguntas()
    print(f"{len(candidatos)} changes of the rule, each asked up to {len(feitas)} times", flush=True)
    with (
        ConnectionPool(os.environ["DATABASE_URL"], min_size=DE_UMA_VEZ, kwargs=_OPCOES) as conexoes,
        ThreadPoolExecutor(DE_UMA_VEZ) as juizes,
    ):

        def sentenca(sql: str) -> Sentenca:
            with conexoes.connection() as conexao:
                return julgar(conexao, sql, feitas)

        if sentenca(original(regra())) is not Sentenca.VIVO:
            sys.exit("The rule itself does not say what the oracle says. First make test, then this.")
        sentencas = list(juizes.map(sentenca, [m.sql for m in candidatos]))
    vivos = [m for m, s in zip(candidatos, sentencas, strict=True) if s is Sentenca.VIVO]
    return Relatorio(vivos, sum(s is not Sentenca.INVALIDO for s in sentencas), PAGINA.read_text())


if __name__ == "__main__":
    main()
