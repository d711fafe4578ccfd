"""Journeys: the embedded stack as real processes, and Chromium in front of it.

No ORM here: what a journey knows it reads from the screen, like a person.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from tests.servicos import RAIZ

_DESTA_MAQUINA = {"127.0.0.1", "localhost", "::1"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys first, on two workers: desk and phone each have a stack of their own."""
    jornadas = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in jornadas:
        item.add_marker(pytest.mark.xdist_group("celular" if "celular" in item.name else "mesa"))
    items.sort(key=lambda item: item not in jornadas)


@dataclass(frozen=True)
class Portal:
    """The running stack."""

    endereco: str
    dados: Path

    def mover_relogio(self, dia: date | None) -> None:
        """Make ``dia`` today for every process of the stack; None gives the real day back."""
        relogio = self.dados / "hoje"
        if dia is None:
            relogio.unlink(missing_ok=True)
        else:
            relogio.write_text(dia.isoformat())

    def gerenciar(self, *comando: str) -> str:
        """Run a management command against the stack's database and return what it printed."""
        linhas = (self.dados / "ambiente").read_text().splitlines()
        ambiente = dict(linha.removeprefix("export ").split("=", 1) for linha in linhas)
        resultado = subprocess.run(
            [sys.executable, "manage.py", *comando],
            check=True,
            cwd=RAIZ,
            env={**os.environ, **{nome: valor.strip("'") for nome, valor in ambiente.items()}},
            capture_output=True,
            text=True,
        )
        return resultado.stdout


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Start the whole portal, empty, as ``make run DEMO=0`` does."""
    dados = tmp_path_factory.mktemp("portal")
    # A user without privileges runs PostgreSQL where root may open no namespace.
    porta = porta_livre()
    alheias = ("CAGEC_", "DATABASE_", "VALKEY_", "EMAIL_", "S3_", "DJANGO_", "PYTEST_")
    ambiente = {nome: valor for nome, valor in os.environ.items() if not nome.startswith(alheias)}
    ambiente |= {"CAGEC_AMBIENTE": "testes", "CAGEC_DADOS": str(dados), "DEMO": "0"}
    ambiente |= {"HOST": "127.0.0.1", "PORT": str(porta)}
    diario = dados / "portal.log"
    processo = processos.iniciar([sys.executable, "-m", "cagec.embutido"], diario, ambiente=ambiente)
    portal = Portal(f"http://127.0.0.1:{porta}", dados)
    try:
        _esperar(portal, processo, diario)
        yield portal
    finally:
        processos.parar(processo, prazo=20)


def _esperar(portal: Portal, processo: subprocess.Popen[bytes], diario: Path) -> None:
    fim = time.monotonic() + 90
    while time.monotonic() < fim and processo.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{portal.endereco}/saude/", timeout=5):
            return
        time.sleep(0.1)
    pytest.fail(f"The portal did not start:\n{diario.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def navegador() -> Iterator[Browser]:
    """Chromium. A missing one fails the run: ``make test`` installs it or says how.

    It ends with its module: while Playwright's loop runs, Django refuses the database to the tests that follow.
    """
    nomes = ("chromium", "chromium-browser", "google-chrome")
    executavel = next(filter(None, map(shutil.which, nomes)), None)
    if executavel is None:
        pytest.fail("Chromium is missing. Install it:  sudo apt-get install chromium")
    opcoes = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--disable-gpu"]
    # A camera that shows a drawing, and that needs no click to be allowed.
    opcoes += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    if os.getuid() == 0:
        opcoes.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executavel, args=opcoes)
        yield chromium
        chromium.close()


class Pessoas:
    """Browser contexts of one journey: one per person, each with its own cookies."""

    def __init__(self, navegador: Browser, endereco: str) -> None:
        self._navegador, self._endereco = navegador, endereco
        self._contextos: list[BrowserContext] = []
        self.pedidos_externos: list[str] = []

    def nova(
        self, *, largura: int = 1280, javascript: bool = True, maquina: str = "127.0.0.1"
    ) -> BrowserContext:
        """Open a context for one person, who calls the portal ``maquina``.

        ``largura`` in CSS pixels: 1280 is a desk, 390 a phone.
        """
        contexto = self._navegador.new_context(
            base_url=self._endereco.replace("127.0.0.1", maquina),
            locale="pt-BR",
            timezone_id="America/Sao_Paulo",
            viewport={"width": largura, "height": 844 if largura < 600 else 800},
            java_script_enabled=javascript,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexto.set_default_timeout(15_000)
        contexto.on("request", self._anotar)
        self._contextos.append(contexto)
        return contexto

    def _anotar(self, pedido: Request) -> None:
        """Remember what a page asked of another machine. (A route would switch the browser's cache off.)"""
        endereco = urlsplit(pedido.url)
        if endereco.scheme in {"http", "https", "ws", "wss"} and endereco.hostname not in _DESTA_MAQUINA:
            self.pedidos_externos.append(pedido.url)

    def fechar(self) -> None:
        for contexto in self._contextos:
            contexto.close()


@pytest.fixture
def pessoas(navegador: Browser, portal: Portal) -> Iterator[Pessoas]:
    """Give a journey its people; it fails when a page asked anything from another machine."""
    grupo = Pessoas(navegador, portal.endereco)
    yield grupo
    grupo.fechar()
    assert grupo.pedidos_externos == []
    portal.mover_relogio(None)
