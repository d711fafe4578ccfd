"""Run checks on hostile bytes in a process of its own, with limits of time and memory.

A fork server with the heavy libraries already loaded makes one process per file cheap.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SEGUNDOS = 20
MEMORIA = 1536 * 1024 * 1024

_contexto = multiprocessing.get_context("forkserver")
_contexto.set_forkserver_preload(
    [
        "documentos.verificacoes.conteudo",
        "pyhanko.sign.validation",  # as slow to load as a hundred checks
    ]
)


class Interrompida(Exception):
    """The check ran out of time or memory, or its process died."""


def isolada(funcao: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``funcao`` returns in a child process. Raises Interrompida.

    ``funcao`` must be a module-level function and its arguments and result must be picklable.
    """
    with closing(em_partes(_de_uma_vez, funcao, args, kwargs)) as partes:
        resposta: T = next(partes)
        return resposta


def _de_uma_vez(funcao: Callable[..., T], args: Any, kwargs: Any) -> Iterator[T]:
    yield funcao(*args, **kwargs)


def em_partes(
    funcao: Callable[P, Iterator[T]], *args: P.args, **kwargs: P.kwargs
) -> Generator[T, None, None]:
    """Yield what ``funcao`` yields in one child process, each part as it comes. Raises Interrompida after the last that
    came. As for ``isolada``; the limits are for all parts together.
    """
    recebe, envia = _contexto.Pipe(duplex=False)
    processo = _contexto.Process(
        target=_no_filho, args=(envia, (MEMORIA, SEGUNDOS), funcao, args, kwargs), daemon=True
    )
    _iniciar(processo)
    envia.close()
    fim = time.monotonic() + SEGUNDOS
    try:
        while recebe.poll(max(fim - time.monotonic(), 0)):
            parte = recebe.recv()
            if not parte:
                return
            yield parte[0]
        raise Interrompida
    except (EOFError, OSError) as erro:
        raise Interrompida from erro
    finally:
        recebe.close()
        processo.kill()
        processo.join()


def _iniciar(processo: ForkServerProcess) -> None:
    """Start it. The fork server may just be dying of what an earlier file did: then another one takes its place."""
    for _vez in range(20):
        try:
            return processo.start()
        except (OSError, EOFError):
            time.sleep(0.05)
    return processo.start()


def _no_filho(
    envia: Connection,
    limites: tuple[int, int],
    funcao: Callable[..., Iterator[Any]],
    args: Any,
    kwargs: Any,
) -> None:
    """Send each part as a tuple of one, and an empty one at the end."""
    memoria, segundos = limites
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (segundos, segundos))
    for parte in funcao(*args, **kwargs):
        envia.send((parte,))
    envia.send(())
    envia.close()
