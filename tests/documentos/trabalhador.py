"""A worker of Celery that runs a check, as a program: in a process that has started none itself, like the real one."""

import billiard

from cagec.celery import permitir_filhos
from documentos.verificacoes.isolamento import isolada
from tests.documentos import filhos


def _trabalhar(envia: "billiard.connection.Connection") -> None:
    permitir_filhos()
    envia.send(isolada(filhos.numero_do_processo))


def main() -> None:
    """Exit with an error when the worker does not get the answer of a child of its own."""
    recebe, envia = billiard.Pipe(duplex=False)
    trabalhador = billiard.Process(target=_trabalhar, args=(envia,), daemon=True)
    trabalhador.start()
    assert recebe.poll(60)
    assert recebe.recv() != trabalhador.pid
    trabalhador.terminate()
    trabalhador.join()


if __name__ == "__main__":
    main()
