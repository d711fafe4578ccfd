"""The real command, as a process of its own."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.servicos import RAIZ


def iniciar_carga(pasta: Path, relato: Path, *opcoes: str) -> "subprocess.Popen[bytes]":
    """Start ``legado importar --gravar``. What it says goes to ``comando.log``."""
    comando = [sys.executable, "manage.py", "legado", "importar", str(pasta), "--gravar", *opcoes]
    with (relato / "comando.log").open("wb") as dito:
        return subprocess.Popen(
            [*comando, "--relatorio", str(relato)], stdout=dito, stderr=subprocess.STDOUT, cwd=RAIZ
        )


def esperar(chegou: Callable[[], bool], processo: "subprocess.Popen[bytes]") -> None:
    """Wait until this process sees it so far. The other one must not end before."""
    fim = time.monotonic() + 60
    while not chegou():
        assert processo.poll() is None
        assert time.monotonic() < fim
        time.sleep(0.005)
