"""The drop folder: what lies in ``<folder>/<register>/*.csv`` is loaded every hour (docs/fontes.md)."""

import logging
from contextlib import suppress
from datetime import date
from pathlib import Path

from convenentes.fontes import carga, frases
from convenentes.fontes.leitura import TAMANHO_MAXIMO, FonteRecusada, Recebido
from convenentes.models import CargaFonte

RECUSADOS = "recusados"
SEGUNDOS_PARADO = 60
_registro = logging.getLogger("cagec.fontes")


def carregar_pasta(pasta: Path, hoje: date, agora: float) -> None:
    """Load every file at rest at ``agora`` (seconds since the epoch), the oldest name first.

    A loaded file leaves the folder: its bytes are the evidence of the load. A refused one goes to ``recusados``,
    beside a text with the reasons. A file still being written, or named with a dot in front, waits.
    """
    for cadastro in carga.LEITORES:
        with suppress(FileNotFoundError):
            for arquivo in sorted((pasta / cadastro).iterdir()):
                if _pronto(arquivo, agora):
                    _carregar_um(cadastro, arquivo, hoje)


def _pronto(arquivo: Path, agora: float) -> bool:
    visivel = not arquivo.name.startswith(".") and arquivo.suffix.lower() == ".csv" and arquivo.is_file()
    return visivel and agora - arquivo.stat().st_mtime >= SEGUNDOS_PARADO


def _carregar_um(cadastro: str, arquivo: Path, hoje: date) -> None:
    with arquivo.open("rb") as aberto:
        recebido = Recebido(arquivo.name, aberto.read(TAMANHO_MAXIMO + 1))
    try:
        feita, nova = carga.carregar(cadastro, recebido, hoje, CargaFonte.Origem.PASTA)
    except FonteRecusada as erro:
        recusados = arquivo.parent / RECUSADOS
        recusados.mkdir(exist_ok=True)
        (recusados / f"{arquivo.name}.erros.txt").write_text(f"{erro}\n")
        arquivo.replace(recusados / arquivo.name)
        _registro.warning("%s: recusado. %s", arquivo.name, erro.erros[0])
        return
    arquivo.unlink(missing_ok=True)
    _registro.info("%s: %s", arquivo.name, frases.da_carga(feita, nova))
