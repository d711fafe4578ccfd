"""What every test has: real services, the database role cagec_app, and guards that hold for all pages.

Test packages import Django modules freely; a conftest must not do so at its top, because settings are read
only after this file has started the services.
"""

import imaplib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import django
import pytest
from pytest_django.plugin import DjangoDbBlocker

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from tests import guardas
from tests.servicos import Operario, Servicos, esperar_porta

_SERVICOS = pytest.StashKey[Servicos]()
_OPERARIO = pytest.StashKey[Operario]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the services in the controller; point Django of every test process to its own share."""
    operario = os.environ.get("PYTEST_XDIST_WORKER")
    if operario is None:
        servicos = Servicos()
        config.stash[_SERVICOS] = servicos
        try:
            servicos.subir()
        except (RuntimeError, subprocess.CalledProcessError) as erro:
            servicos.parar()
            pytest.exit(f"The services of the tests did not start: {erro}", returncode=2)
        if config.getoption("numprocesses", default=0):
            # It only hands out the tests. With this name inherited, a worker would read the settings before
            # it has a database of its own.
            os.environ.pop("DJANGO_SETTINGS_MODULE", None)
            return
    config.stash[_OPERARIO] = Operario(operario or "unico")
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started, last first."""
    operario = config.stash.get(_OPERARIO, None)
    if operario:
        operario.parar()
    servicos = config.stash.get(_SERVICOS, None)
    if servicos:
        servicos.parar()


@pytest.fixture(scope="session")
def operario(request: pytest.FixtureRequest) -> Operario:
    """Return the database, data folder and mailbox of this test process."""
    return request.config.stash[_OPERARIO]


@pytest.fixture(scope="session")
def django_db_setup(operario: Operario, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Copy the migrated database; a test that commits leaves a new copy, because cagec_app cannot flush."""
    from django.db import connections
    from django.test import TransactionTestCase

    def recriar(_caso: TransactionTestCase) -> None:
        connections.close_all()
        operario.recriar_banco()

    operario.recriar_banco()
    with pytest.MonkeyPatch.context() as troca:
        troca.setattr(TransactionTestCase, "_fixture_teardown", recriar)
        yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _cache_vazio() -> None:
    """Forget counters of attempts and queued tasks between tests."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _get_so_le(monkeypatch: pytest.MonkeyPatch) -> None:
    guardas.proibir_escrita_em_get(monkeypatch)


@pytest.fixture(autouse=True)
def _variavel_de_pagina_existe(monkeypatch: pytest.MonkeyPatch) -> None:
    guardas.exigir_variaveis_de_pagina(monkeypatch)


@pytest.fixture
def dono(transactional_db: None, settings: Any) -> Iterator[None]:
    """Act in the name of cagec_dono, as its commands do; without this, a test is cagec_app like the portal."""
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    de_app, endereco = connection.settings_dict, conninfo_to_dict(os.environ["DATABASE_URL_DONO"])
    settings.PAPEL = "dono"
    connection.close()
    connection.settings_dict = {**de_app, "USER": endereco["user"], "PASSWORD": endereco.get("password", "")}
    yield
    connection.close()
    connection.settings_dict = de_app


@pytest.fixture
def caixa_postal(operario: Operario, settings: Any) -> Iterator[Callable[[str], list[EmailMessage]]]:
    """Deliver mail for real and return a function that lists the mails one address has received."""
    import mailbox
    from email import message_from_bytes, policy

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    if operario.correio is None:
        operario.iniciar_correio()
        esperar_porta(settings.EMAIL_PORT)
    caixa = mailbox.Maildir(settings.CAIXA_POSTAL, create=True)

    def recebidas(para: str) -> list[EmailMessage]:
        mensagens = [message_from_bytes(caixa.get_bytes(c), policy=policy.default) for c in caixa.keys()]  # noqa: SIM118 - keys() rereads the folder
        return [m for m in mensagens if para in str(m["To"])]

    yield recebidas
    caixa.clear()


@pytest.fixture(scope="session")
def s3(operario: Operario) -> Iterator[dict[str, str]]:
    """Start a real S3 server with one empty bucket; return its values as the variables S3_* name them."""
    porta, chave, segredo = porta_livre(), "chave-de-teste", "segredo-de-teste"
    pasta = operario.dados / "s3"
    (pasta / "cagec").mkdir(parents=True)
    rclone = Path(sys.executable).with_name("rclone")
    comando = [str(rclone), "serve", "s3", str(pasta), "--addr", f"127.0.0.1:{porta}"]
    opcoes = ["--auth-key", f"{chave},{segredo}", "--config", os.devnull]
    servidor = processos.iniciar([*comando, *opcoes], operario.dados / "s3.log")
    try:
        esperar_porta(porta)
        endereco = f"http://127.0.0.1:{porta}"
        yield {"S3_BUCKET": "cagec", "S3_ENDPOINT": endereco, "S3_KEY": chave, "S3_SECRET": segredo}
    finally:
        processos.parar(servidor)


@pytest.fixture(scope="module")
def imap(operario: Operario) -> Iterator[Any]:
    """Start a real IMAP server with one mailbox."""
    from tests.correio.imap import ServidorImap

    servidor = ServidorImap(operario.dados / "imap")
    yield servidor
    servidor.parar()


@pytest.fixture
def caixa(imap: Any, settings: Any) -> Iterator[imaplib.IMAP4]:
    """Let the portal read the mailbox; return it, empty, seen by somebody else."""
    from cagec.correio.entrada import PASTAS
    from tests.correio.imap import SENHA, USUARIO

    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", imap.porta, False
    settings.IMAP_USER, settings.IMAP_PASSWORD = USUARIO, SENHA
    with suppress(imaplib.IMAP4.abort), imaplib.IMAP4("127.0.0.1", imap.porta) as caixa:
        caixa.login(USUARIO, SENHA)
        for pasta in ("INBOX", *PASTAS):
            if caixa.select(f'"{pasta}"')[0] == "OK":
                caixa.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
                caixa.expunge()
        yield caixa


@pytest.fixture(scope="session")
def _clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real clamd, with the signatures of ``tests.documentos.clamd``; its address. A missing one fails the run."""
    from tests.documentos.clamd import Clamd

    executavel = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if executavel is None:
        pytest.fail("clamd is missing. Install it:  sudo apt-get install clamav-daemon")
    clamd = Clamd(Path(executavel), tmp_path_factory.mktemp("clamd"))
    clamd.iniciar()
    yield clamd.endereco
    clamd.parar()


@pytest.fixture
def clamd(_clamd: str, settings: Any) -> str:
    """Examine files for real in this test."""
    settings.ANTIVIRUS, settings.CLAMD_ENDERECO = "clamd", _clamd
    return _clamd
