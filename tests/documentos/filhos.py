"""What misbehaving checks do. A child process imports this module, so it imports next to nothing itself."""

import os
import signal
import struct
from collections.abc import Iterator
from pathlib import Path


def numero_do_processo() -> int:
    return os.getpid()


def contar_e_morrer(ate: int) -> Iterator[int]:
    yield from range(ate)
    morrer()


def numero_do_processo_em_partes(quantas: int) -> Iterator[int]:
    yield from (os.getpid() for _ in range(quantas))


def girar_sem_fim(bilhete: str) -> None:
    Path(bilhete).write_text(str(os.getpid()))
    while True:
        pass


def dormir_sem_fim(bilhete: str) -> None:
    Path(bilhete).write_text(str(os.getpid()))
    signal.pause()


def pedir_memoria(megabytes: int) -> int:
    return len(b"x" * (megabytes * 1024 * 1024))


def memoria_do_processo() -> int:
    """Bytes of address space of a process that has only the preloaded libraries."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


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


def estragar_o_servidor() -> None:
    """Kill the fork server, which starts the processes of the next files."""
    os.kill(os.getppid(), signal.SIGKILL)
