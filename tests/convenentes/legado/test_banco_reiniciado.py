"""The database stops while a load is at work: the command says so, and goes on when it is back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from cagec.embutido import postgres
from convenentes.models import CargaLegado, LinhaLegado
from documentos.models import Arquivo
from tests.convenentes.legado.processo import esperar, iniciar_carga
from tests.convenentes.legado.retrato import retrato
from tests.servicos import RAIZ


class Servidor:
    """A durable PostgreSQL of this test alone, to which the connection of Django points."""

    def __init__(self, pasta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pasta, self.monkeypatch = pasta, monkeypatch
        self.subir()

    def subir(self) -> None:
        """Start it, or start it again: its address is another one."""
        self.banco = postgres.iniciar(self.pasta / "postgres", self.pasta / "postgres.log")
        for variavel, papel in (("DATABASE_URL", "cagec_app"), ("DATABASE_URL_DONO", "cagec_dono")):
            self.monkeypatch.setenv(variavel, self.banco.url(papel))
        endereco = conninfo_to_dict(self.banco.url("cagec_app"))
        connection.close()
        for campo, parte in (("NAME", "dbname"), ("PORT", "port"), ("PASSWORD", "password")):
            self.monkeypatch.setitem(connection.settings_dict, campo, endereco[parte])


@contextmanager
def _servidor(pasta: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servidor]:
    """Start it with the schema and the catalogue."""
    pasta.chmod(0o711)
    servidor = Servidor(pasta, monkeypatch)
    try:
        comando = [sys.executable, "manage.py", "preparar"]
        subprocess.run(comando, check=True, cwd=RAIZ, env={**os.environ, "CAGEC_PAPEL": "dono"})
        yield servidor
    finally:
        connection.close()
        monkeypatch.undo()
        servidor.banco.parar()


def _na_metade_das_linhas() -> bool:
    return LinhaLegado.objects.filter(arquivo="pessoas").exists()


def _parar(servidor: Servidor, sinal: signal.Signals, quando: Callable[[], bool], *carga: Any) -> str:
    """Stop the database while a load is at work and start it again; return what the command said."""
    processo = iniciar_carga(*carga)
    esperar(quando, processo)
    servidor.banco.processo.send_signal(sinal)
    assert processo.wait(60) != 0
    servidor.banco.processo.wait()
    servidor.subir()
    return (carga[1] / "comando.log").read_text()


@pytest.mark.django_db(transaction=True)
def test_after_a_restart_and_after_a_crash_of_the_database_it_goes_on(
    exportar, carregar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasta, _ = exportar(60)
    carregar(pasta)
    esperado = retrato()
    with _servidor(tmp_path, monkeypatch) as servidor:
        dito = _parar(servidor, signal.SIGINT, _na_metade_das_linhas, pasta, tmp_path)
        assert "Continue com --retomar" in dito
        dito = _parar(servidor, signal.SIGKILL, Arquivo.objects.exists, pasta, tmp_path, "--retomar")
        assert "Continue com --retomar" in dito
        assert CargaLegado.objects.get().concluida_em is None
        assert iniciar_carga(pasta, tmp_path, "--retomar").wait(60) == 0
        assert retrato() == esperado
