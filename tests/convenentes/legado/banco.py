"""A database that a test may stop and start again, for whatever works on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from cagec.embutido import postgres
from tests.servicos import RAIZ


class BancoProprio:
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
def banco_proprio(pasta: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BancoProprio]:
    """Start it with the schema and the catalogue."""
    pasta.chmod(0o711)
    servidor = BancoProprio(pasta, monkeypatch)
    try:
        comando = [sys.executable, "manage.py", "preparar"]
        subprocess.run(comando, check=True, cwd=RAIZ, env={**os.environ, "CAGEC_PAPEL": "dono"})
        yield servidor
    finally:
        connection.close()
        monkeypatch.undo()
        servidor.banco.parar()
