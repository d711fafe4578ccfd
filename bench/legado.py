"""The migration of the registry before this one, against what the database and the disk do with the same data at best.

Each is one run, of minutes: unlike the other measures, none is undone and repeated.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import connection, transaction

from bench.regra import conferir, dizer
from convenentes.legado import arquivos as recepcao
from convenentes.legado import exemplo, importacao
from convenentes.legado.leitura import Exportacao, abrir
from convenentes.models import ArquivoLegado
from tests.convenentes.mundo import HOJE
from tests.servicos import recriar_banco

ORGANIZACOES, DOS_PARES, COM_ARQUIVOS = 25_000, 18_657, 1_000
MEMORIA_EM_MB = 300
# What a load writes of the registry itself. Its own account, and the situation of each record, come on top.
_DAS_ORGANIZACOES = ("convenentes_cargalegado", "documentos_pastadigital", "convenentes_convenente")
_TABELAS = (
    *_DAS_ORGANIZACOES, "contas_usuario", "convenentes_vinculo", "convenentes_eventovinculo",
    "documentos_pastapessoal", "documentos_documento", "convenentes_comprovacao", "convenentes_resultadofonte",
)  # fmt: skip


def linhas() -> None:
    """Print how long the rows take, in COPYs of the same rows, and the memory of the process."""
    with _exportacao(ORGANIZACOES, com_arquivos=False) as exportacao:
        _comparar("legado-linhas", exportacao, _TABELAS, meta=6)
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    dizer("legado-linhas-mb", memoria, MEMORIA_EM_MB)


def pares() -> None:
    """Print the same of as many organisations, without anything else, as other products took 15 to 42 seconds for."""
    with _exportacao(DOS_PARES, com_arquivos=False) as exportacao:
        (so_organizacoes,) = (t for t in exportacao.tabelas if t.formato.arquivo == "convenentes")
        _comparar("legado-pares", replace(exportacao, tabelas=[so_organizacoes]), _DAS_ORGANIZACOES, meta=12)


def _comparar(nome: str, exportacao: Exportacao, tabelas: tuple[str, ...], meta: float) -> None:
    """Import for good, the answer of the rule for every record included, and COPY the rows of these tables."""
    inicio = time.perf_counter()
    importacao.importar(exportacao, HOJE, gravar=True)
    tempo = time.perf_counter() - inicio
    referencia, quantas = _copiar(exportacao.pasta, tabelas)
    print(f"{nome}: {tempo:.1f} s; {referencia:.2f} s for the COPY of the same {quantas} rows")
    dizer(nome, tempo / referencia, meta)


def arquivos() -> None:
    """Print how long receiving the files takes, in plain copies of the same files."""
    with _exportacao(COM_ARQUIVOS, com_arquivos=True) as exportacao:
        importacao.importar(exportacao, HOJE, gravar=False)  # the modules and caches are warm for both
        carga = importacao.abrir_carga(exportacao, retomar=False)
        importacao.importar_linhas(carga, exportacao, HOJE)
        recepcao.comparar(carga, exportacao)
        inicio = time.perf_counter()
        recepcao.receber(exportacao, guardar=True)
        tempo = time.perf_counter() - inicio
        nomes = list(ArquivoLegado.objects.filter(arquivo__isnull=False).values_list("nome", flat=True))
        referencia = _copiar_arquivos(exportacao, nomes)
    print(f"legado-arquivos: {referencia * 1000:.0f} ms for the plain copy of {len(nomes)} files")
    dizer("legado-arquivos", tempo / referencia, 8)


@contextmanager
def _exportacao(quantos: int, *, com_arquivos: bool) -> Iterator[Exportacao]:
    pasta = Path(tempfile.mkdtemp(prefix="cagec-bench-"))
    try:
        _banco_novo()
        exemplo.escrever(pasta, quantos, 1, HOJE, com_arquivos=com_arquivos)
        with abrir(pasta) as exportacao:
            yield exportacao
    finally:
        shutil.rmtree(pasta)


def _banco_novo() -> None:
    nome = connection.settings_dict["NAME"]
    connection.close()
    recriar_banco(nome)


def _copiar(pasta: Path, tabelas: tuple[str, ...]) -> tuple[float, int]:
    """COPY the rows that were written into the same tables of a new database, with all their indexes and checks.

    Return the seconds, and how many rows.
    """
    quantas = 0
    with connection.cursor() as cursor:
        for tabela in tabelas:
            with cursor.copy(f"COPY {tabela} TO STDOUT") as copia, (pasta / tabela).open("wb") as aberto:
                aberto.writelines(copia)
            quantas += cursor.rowcount
    _banco_novo()
    inicio = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for tabela in tabelas:
            with cursor.copy(f"COPY {tabela} FROM STDIN") as copia, (pasta / tabela).open("rb") as aberto:
                while pedaco := aberto.read(1024 * 1024):
                    copia.write(pedaco)
        conferir()
    return time.perf_counter() - inicio, quantas


def _copiar_arquivos(exportacao: Exportacao, nomes: list[str]) -> float:
    destino = exportacao.pasta / "copia"
    destino.mkdir()
    inicio = time.perf_counter()
    for n, nome in enumerate(nomes):
        caminho = exportacao.documento(nome)
        assert caminho is not None
        shutil.copyfile(caminho, destino / str(n))
    return time.perf_counter() - inicio
