"""Run a check on hostile bytes in a process of its own, with limits of time and memory.

A fork server with the heavy libraries already loaded makes one process per file cheap.
"""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SEGUNDOS = 20
MEMORIA = 1536 * 1024 * 1024

_contexto = multiprocessing.get_context("forkserver")
_contexto.set_forkserver_preload(
    [
        *(
            f"documentos.verificacoes.{m}"
            for m in ("imagem", "legibilidade", "lido", "paginas", "pdf", "selfie")
        ),
        "pyhanko.sign.validation",  # as slow to load as a hundred checks
    ]
)


class Interrompida(Exception):
    """The check ran out of time or memory, or its process died."""


def isolada(funcao: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``funcao`` returns in a child process. Raises Interrompida.

    ``funcao`` must be a module-level function and its arguments and result must be picklable.
    """
    recebe, envia = _contexto.Pipe(duplex=False)
    processo = _contexto.Process(
        target=_no_filho, args=(envia, (MEMORIA, SEGUNDOS), funcao, args, kwargs), daemon=True
    )
    processo.start()
    envia.close()
    try:
        if not recebe.poll(SEGUNDOS):
            raise Interrompida
        resposta: T = recebe.recv()
        return resposta
    except (EOFError, OSError) as erro:
        raise Interrompida from erro
    finally:
        recebe.close()
        processo.kill()
        processo.join()


def _no_filho(
    envia: Connection, limites: tuple[int, int], funcao: Callable[..., Any], args: Any, kwargs: Any
) -> None:
    memoria, segundos = limites
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (segundos, segundos))
    envia.send(funcao(*args, **kwargs))
    envia.close()
