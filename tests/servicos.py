"""The real services of a test run: one PostgreSQL and one Valkey, a database and a mailbox per worker.

Nothing here imports Django: the services must be up, and the environment set, before its settings are read.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from cagec.embutido import postgres, processos, valkey
from cagec.embutido.postgres import porta_livre

RAIZ = Path(__file__).resolve().parent.parent
MODELO = postgres.BANCO


class Servicos:
    """Started by the controller. Workers of pytest-xdist inherit its environment and start nothing heavy."""

    def __init__(self) -> None:
        self._pasta = tempfile.TemporaryDirectory(prefix="cagec-testes-")
        # The fallback to an unprivileged user must be able to go into it.
        Path(self._pasta.name).chmod(0o711)
        self._banco: postgres.Postgres | None = None
        self._fila: valkey.Valkey | None = None

    def subir(self) -> None:
        """Start the services and migrate the model database, once per run, in the name of cagec_dono."""
        pasta = Path(self._pasta.name)
        self._banco = postgres.iniciar(pasta / "postgres", pasta / "postgres.log", duravel=False)
        self._fila = valkey.iniciar(pasta / "valkey", pasta / "valkey.log")
        os.environ.update(
            {
                "CAGEC_AMBIENTE": "testes",
                "CAGEC_PAPEL": "app",
                "CAGEC_DADOS": str(pasta),
                "CAGEC_SECRET_KEY": "chave-que-so-existe-nos-testes-" + "x" * 30,
                "CAGEC_ENDERECO": "http://testserver",
                "CAGEC_HOSTS": "testserver,localhost,127.0.0.1",
                "CAGEC_CAIXA_POSTAL": str(pasta / "caixa-postal"),
                "ANTIVIRUS": "desligado",
                "DEMO": "0",
                "DATABASE_URL": self._banco.url("cagec_app"),
                "DATABASE_URL_DONO": self._banco.url("cagec_dono"),
                "CAGEC_TESTES_SUPERUSUARIO": self._banco.url("postgres", "postgres"),
                "VALKEY_URL": self._fila.url,
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": "0",
                "GOVBR_CLIENTE": "portal-cagec",
                "GOVBR_SEGREDO": "segredo-do-portal",
            }
        )
        os.environ.pop("S3_BUCKET", None)
        subprocess.run(
            [sys.executable, "manage.py", "preparar"],
            check=True,
            cwd=RAIZ,
            env={**os.environ, "CAGEC_PAPEL": "dono"},
        )

    def parar(self) -> None:
        if self._fila:
            self._fila.parar()
        if self._banco:
            self._banco.parar()
        self._pasta.cleanup()


def recriar_banco(banco: str) -> None:
    """Put a fresh copy of the migrated database in the place of this one, whoever is using it."""
    with psycopg.connect(os.environ["CAGEC_TESTES_SUPERUSUARIO"], autocommit=True) as conexao:
        nome = sql.Identifier(banco)
        conexao.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(nome))
        conexao.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER cagec_dono").format(nome, sql.Identifier(MODELO))
        )


class Operario:
    """What one test process has for itself: a database, a Valkey database, a data folder, a mailbox."""

    def __init__(self, nome: str) -> None:
        self.banco = f"{MODELO}_{nome}"
        self.dados = Path(os.environ["CAGEC_DADOS"]) / nome
        self.correio: subprocess.Popen[bytes] | None = None
        numero = int(nome.removeprefix("gw")) + 1 if nome.startswith("gw") else 0
        caixa = self.dados / "caixa-postal"
        os.environ.update(
            {
                "CAGEC_DADOS": str(self.dados),
                "CAGEC_CAIXA_POSTAL": str(caixa),
                "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{self.banco}",
                "DATABASE_URL_DONO": os.environ["DATABASE_URL_DONO"].rsplit("/", 1)[0] + f"/{self.banco}",
                "VALKEY_URL": os.environ["VALKEY_URL"].rsplit("/", 1)[0] + f"/{numero}",
                "EMAIL_PORT": str(porta_livre()),
                "GOVBR_ENDERECO": f"http://127.0.0.1:{porta_livre()}",
                "DJANGO_SETTINGS_MODULE": "cagec.settings",
            }
        )
        (self.dados / "estaticos").mkdir(parents=True)

    def recriar_banco(self) -> None:
        """Give this process a fresh copy of the migrated database, catalogue included."""
        recriar_banco(self.banco)

    def iniciar_correio(self) -> None:
        """Start the SMTP server that keeps every mail in this process's Maildir."""
        comando = [sys.executable, "-m", "cagec.embutido.caixa", os.environ["CAGEC_CAIXA_POSTAL"]]
        diario = self.dados / "correio.log"
        self.correio = processos.iniciar([*comando, os.environ["EMAIL_PORT"]], diario)

    def parar(self) -> None:
        if self.correio:
            processos.parar(self.correio)


@contextmanager
def banco_avulso(nome: str) -> Iterator[None]:
    """A fresh database for a command of its own, with Django ready to use it."""
    import django

    servicos = Servicos()
    try:
        servicos.subir()
        os.environ["CAGEC_STATEMENT_TIMEOUT_MS"] = "300000"  # as the jobs have
        Operario(nome).recriar_banco()
        django.setup()
        yield
    finally:
        servicos.parar()


@contextmanager
def provedor_oidc(portal: str, diario: Path) -> Iterator[None]:
    """Run the OpenID Connect provider that stands for gov.br, for the portal at the address ``portal``."""
    porta = os.environ["GOVBR_ENDERECO"].rsplit(":", 1)[1]
    credenciais = os.environ["GOVBR_CLIENTE"], os.environ["GOVBR_SEGREDO"]
    comando = [
        sys.executable,
        "-m",
        "tests.provedor_oidc",
        porta,
        *credenciais,
        f"{portal}/entrar/govbr/volta/",
    ]
    processo = processos.iniciar(comando, diario)
    try:
        esperar_porta(int(porta))
        yield
    finally:
        processos.parar(processo)


def esperar_porta(porta: int) -> None:
    """Wait until something listens there. Raises RuntimeError after 10 seconds."""
    fim = time.monotonic() + 10
    while time.monotonic() < fim:
        with suppress(OSError), socket.create_connection(("127.0.0.1", porta), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"Nothing listens on port {porta}.")
