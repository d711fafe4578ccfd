"""A real clamd with signatures written by hand: the public ones weigh 200 MB and know nothing that a test needs."""

import hashlib
import subprocess
from pathlib import Path

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from tests.documentos import hostis
from tests.servicos import esperar_porta

LIMITE = "25M"
_CONFIGURACAO = """
DatabaseDirectory {pasta}/base
TCPSocket {porta}
TCPAddr 127.0.0.1
Foreground yes
StreamMaxLength {limite}
MaxScanSize {limite}
MaxFileSize {limite}
MaxRecursion 3
AlertExceedsMax yes
SelfCheck 0
"""


class Clamd:
    """The scanner of a test: it may be stopped and started again at the same address."""

    def __init__(self, executavel: Path, pasta: Path) -> None:
        self._executavel, self._pasta, self._porta = executavel, pasta, porta_livre()
        self._processo: subprocess.Popen[bytes] | None = None
        pasta.chmod(0o755)
        base = pasta / "base"
        base.mkdir(mode=0o755)
        eicar = hostis.eicar()
        (base / "teste.ndb").write_text(f"Eicar-Test:0:*:{eicar.hex()}\n")
        (base / "teste.hdb").write_text(f"{hashlib.md5(eicar).hexdigest()}:{len(eicar)}:Eicar-Test\n")  # noqa: S324
        configuracao = _CONFIGURACAO.format(pasta=pasta, porta=self._porta, limite=LIMITE)
        (pasta / "clamd.conf").write_text(configuracao)

    @property
    def endereco(self) -> str:
        """What ``CLAMD_ENDERECO`` has to be."""
        return f"127.0.0.1:{self._porta}"

    def iniciar(self) -> None:
        """Start it and wait until it listens."""
        comando = [str(self._executavel), "--config-file", str(self._pasta / "clamd.conf")]
        self._processo = processos.iniciar(comando, self._pasta / "clamd.log")
        esperar_porta(self._porta)

    def parar(self) -> None:
        """Stop it."""
        if self._processo is not None:
            processos.parar(self._processo)
