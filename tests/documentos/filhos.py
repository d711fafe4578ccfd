"""What misbehaving checks do. A child process imports this module, so it imports next to nothing itself."""

import os
import signal
import struct
from pathlib import Path


def numero_do_processo() -> int:
    return os.getpid()


def girar_sem_fim(bilhete: str) -> None:
    Path(bilhete).write_text(str(os.getpid()))
    while True:
        pass


def dormir_sem_fim(bilhete: str) -> None:
    Path(bilhete).write_text(str(os.getpid()))
    signal.pause()


def pedir_memoria(megabytes: int) -> int:
    return len(b"x" * (megabytes * 1024 * 1024))


def morrer() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def sair() -> None:
    os._exit(0)


def morrer_no_meio_da_resposta() -> None:
    """Announce a thousand bytes on every pipe that leads out, send none, and die."""
    for numero in range(3, 64):
        try:
            if str(Path(f"/proc/self/fd/{numero}").readlink()).startswith("pipe:"):
                os.write(numero, struct.pack("!i", 1000))
        except OSError:
            continue
    os._exit(1)
