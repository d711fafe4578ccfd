"""Scanner, storage, queue and database each stop for a while during uploads: nothing is lost, everything ends clean."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from cagec.embutido import postgres, processos, valkey
from cagec.embutido.postgres import porta_livre
from contas.fabricas import cpf_ficticio
from documentos import fabricas
from tests.documentos.clamd import Clamd
from tests.servicos import RAIZ, esperar_porta

pytestmark = pytest.mark.longo
SEGUNDOS_PARADO = 8
PRAZO = 240


class Portal:
    """Web server and worker as real processes, on services of their own that the test stops and starts."""

    def __init__(self, pasta: Path, clamd: Clamd) -> None:
        self.pasta, self.clamd, self.porta = pasta, clamd, porta_livre()
        pasta.chmod(0o711)
        self._chave, self._segredo, self._porta_s3 = "chave-de-teste", "segredo-de-teste", porta_livre()
        self.banco = postgres.iniciar(pasta / "postgres", pasta / "postgres.log")
        self.fila = valkey.iniciar(pasta / "valkey", pasta / "valkey.log")
        self._iniciar_s3()
        self.clamd.iniciar()
        self.ambiente = self._ambiente()
        dono = {**self.ambiente, "CAGEC_PAPEL": "dono"}
        subprocess.run([sys.executable, "manage.py", "preparar"], check=True, cwd=RAIZ, env=dono)
        web = [sys.executable, "-m", "gunicorn", "cagec.wsgi", "--bind", f"127.0.0.1:{self.porta}"]
        fila = [sys.executable, "-m", "celery", "-A", "cagec", "worker", "-B", "-s", str(pasta / "agenda")]
        self.web = processos.iniciar([*web, "--threads", "4"], pasta / "web.log", ambiente=self.ambiente)
        self.trabalhos = processos.iniciar(
            [*fila, "-c", "1"], pasta / "trabalhos.log", ambiente=self.ambiente
        )
        esperar_porta(self.porta)

    def _ambiente(self) -> dict[str, str]:
        alheias = ("CAGEC_", "DATABASE_", "VALKEY_", "EMAIL_", "S3_", "DJANGO_", "PYTEST_", "ANTIVIRUS")
        return {nome: valor for nome, valor in os.environ.items() if not nome.startswith(alheias)} | {
            "CAGEC_AMBIENTE": "testes",
            "CAGEC_DADOS": str(self.pasta / "dados"),
            "CAGEC_SECRET_KEY": "chave-que-so-existe-nos-testes-" + "x" * 30,
            "CAGEC_HOSTS": "127.0.0.1",
            "CAGEC_PROXIES": "1",
            "DATABASE_URL": self.banco.url("cagec_app"),
            "DATABASE_URL_DONO": self.banco.url("cagec_dono"),
            "VALKEY_URL": self.fila.url,
            "S3_BUCKET": "cagec",
            "S3_ENDPOINT": f"http://127.0.0.1:{self._porta_s3}",
            "S3_KEY": self._chave,
            "S3_SECRET": self._segredo,
            "ANTIVIRUS": "clamd",
            "CLAMD_ENDERECO": self.clamd.endereco,
        }

    def _iniciar_s3(self) -> None:
        (self.pasta / "s3" / "cagec").mkdir(parents=True, exist_ok=True)
        rclone = str(Path(sys.executable).with_name("rclone"))
        comando = [rclone, "serve", "s3", str(self.pasta / "s3"), "--addr", f"127.0.0.1:{self._porta_s3}"]
        opcoes = ["--auth-key", f"{self._chave},{self._segredo}", "--config", os.devnull]
        self.s3 = processos.iniciar([*comando, *opcoes], self.pasta / "s3.log")
        esperar_porta(self._porta_s3)

    def parar_s3(self) -> None:
        processos.parar(self.s3)

    def parar_fila(self) -> None:
        self.fila.processo.kill()
        self.fila.processo.wait()

    def voltar_fila(self) -> None:
        binario = valkey._binario()
        self.fila.processo = processos.iniciar(
            [str(binario), str(self.pasta / "valkey" / "valkey.conf")], self.pasta / "valkey.log"
        )

    def parar_banco(self) -> None:
        self.banco.processo.send_signal(signal.SIGINT)
        self.banco.processo.wait()

    def voltar_banco(self) -> None:
        pasta, binarios, rebaixar = postgres._onde_e_como(self.pasta / "postgres")
        comando = [str(binarios / "postgres"), "-D", str(pasta), "-p", str(self.banco.porta)]
        self.banco.processo = processos.iniciar(comando, self.pasta / "postgres.log", rebaixar=rebaixar)

    def quedas(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        """How each service is stopped, and started again."""
        return [
            (self.clamd.parar, self.clamd.iniciar),
            (self.parar_s3, self._iniciar_s3),
            (self.parar_fila, self.voltar_fila),
            (self.parar_banco, self.voltar_banco),
        ]

    def perguntar(self, programa: str) -> str:
        """Run a few lines in a process of the portal, and return what they print."""
        comando = [sys.executable, "manage.py", "shell", "--no-imports", "-c", programa]
        dito = subprocess.run(
            comando, check=True, cwd=RAIZ, env=self.ambiente, capture_output=True, text=True
        )
        return dito.stdout.strip()

    def parar(self) -> None:
        for processo in (self.trabalhos, self.web, self.s3):
            processos.parar(processo)
        self.clamd.parar()
        self.fila.parar()
        self.banco.parar()

    def contar(self) -> dict[str, int]:
        """How many files people sent there are in each state."""
        with psycopg.connect(self.banco.url("cagec_app")) as conexao:
            linhas = conexao.execute(
                "SELECT estado, count(*) FROM documentos_arquivo WHERE papel = 'original' GROUP BY estado"
            )
            return dict(linhas.fetchall())


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    executavel = shutil.which("clamd", path="/usr/sbin:/usr/bin")
    assert executavel, "clamd is missing. Install it:  sudo apt-get install clamav-daemon"
    (tmp_path / "clamd").mkdir()
    portal = Portal(tmp_path, Clamd(Path(executavel), tmp_path / "clamd"))
    yield portal
    portal.parar()


def _enviar(portal: Portal, numero: int) -> bool:
    """Send an identity request, which needs no account, with two files; whether the portal said that it has it."""
    base = f"http://127.0.0.1:{portal.porta}/pedido-de-identidade/"
    navegador = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with suppress(urllib.error.URLError, OSError):
        pagina = navegador.open(base, timeout=30).read().decode()
        ficha = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', pagina)
        assert ficha, pagina[:500]
        campos = {
            "csrfmiddlewaretoken": ficha[1],
            "chave_envio": str(uuid4()),
            "cpf": cpf_ficticio(900_000 + numero),
            "nome": "Pessoa Fictícia",
            "email": f"pessoa{numero}@example.org",
            "telefone": "(31) 99999-0000",
            "explicacao": "Perdi o e-mail.",
        }
        arquivos = {
            "documento": ("rg.pdf", fabricas.pdf("Identidade")),
            "selfie": ("eu.jpg", fabricas.foto()),
        }
        corpo, tipo = _formulario(campos, arquivos)
        # Each person has an address of the own: one address may not ask so often.
        cabecalhos = {
            "Content-Type": tipo,
            "Referer": base,
            "X-Forwarded-For": f"10.0.{numero // 250}.{numero % 250}",
        }
        resposta = navegador.open(urllib.request.Request(base, corpo, cabecalhos), timeout=30)
        return bool(resposta.url.endswith("/enviado/"))
    return False


def _formulario(campos: dict[str, str], arquivos: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    fronteira, corpo = uuid4().hex, b""
    for nome, valor in campos.items():
        corpo += f'--{fronteira}\r\nContent-Disposition: form-data; name="{nome}"\r\n\r\n{valor}\r\n'.encode()
    for nome, (arquivo, conteudo) in arquivos.items():
        corpo += (
            f'--{fronteira}\r\nContent-Disposition: form-data; name="{nome}"; filename="{arquivo}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        corpo += conteudo + b"\r\n"
    return corpo + f"--{fronteira}--\r\n".encode(), f"multipart/form-data; boundary={fronteira}"


def _enviar_por(portal: Portal, segundos: float, primeiro: int) -> int:
    fim, recebidos, numero = time.monotonic() + segundos, 0, primeiro
    while time.monotonic() < fim:
        recebidos += _enviar(portal, numero)
        numero += 1
        time.sleep(0.5)
    return recebidos


def _cair(portal: Portal, parar: Callable[[], None], voltar: Callable[[], None], primeiro: int) -> int:
    parar()
    recebidos = _enviar_por(portal, SEGUNDOS_PARADO, primeiro)
    voltar()
    return recebidos + _enviar_por(portal, 3, primeiro + 500)


def test_nothing_is_lost_and_everything_ends_clean(portal: Portal) -> None:
    recebidos = _enviar_por(portal, 3, 0)
    assert recebidos
    for vez, (parar, voltar) in enumerate(portal.quedas(), start=1):
        antes = recebidos
        recebidos += _cair(portal, parar, voltar, vez * 1000)
        assert recebidos > antes  # what failed while it was down works again, and the scanner stops nobody
    fim = time.monotonic() + PRAZO
    while (contados := portal.contar()).keys() != {"pronto"} and time.monotonic() < fim:
        time.sleep(1)
    assert contados.keys() == {"pronto"}, contados
    # A request whose answer got lost may have been kept: nothing that was confirmed is missing.
    assert contados["pronto"] >= 2 * recebidos


_PESSOA = (
    "from contas.fabricas import usuario; from tests.documentos import apoio; "
    "print(apoio.entrar(usuario()).cookies['sessionid'].value)"
)
_CHEGOU = (
    "from hashlib import sha256; from documentos.models import Transferencia; "
    "from documentos.transferencia import abrir; print(sha256(abrir(Transferencia.objects.get()).read()).hexdigest())"
)
PARTE = 100_000


class Remetente:
    """A person who sends one file in parts (tus), and after each fault asks how far it is."""

    def __init__(self, portal: Portal, conteudo: bytes) -> None:
        self.portal, self.conteudo = portal, conteudo
        self._cookies = f"csrftoken={'a' * 32}; sessionid={portal.perguntar(_PESSOA)}"
        inicio = self._pedir("POST", "/transferencias/", {"Upload-Length": str(len(conteudo))})
        assert inicio is not None
        self.onde = inicio["Location"]

    def _pedir(
        self, metodo: str, onde: str, cabecalhos: dict[str, str], corpo: bytes = b""
    ) -> Message | None:
        todos = {"Tus-Resumable": "1.0.0", "X-CSRFToken": "a" * 32, "Cookie": self._cookies, **cabecalhos}
        base = f"http://127.0.0.1:{self.portal.porta}"
        pedido = urllib.request.Request(base + onde, corpo or None, todos, method=metodo)
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(pedido, timeout=30) as resposta:
            cabecas: Message = resposta.headers
            return cabecas
        return None

    def chegou(self) -> int | None:
        """How many bytes the portal says that it has; None while it does not say."""
        resposta = self._pedir("HEAD", self.onde, {})
        return None if resposta is None else int(resposta["Upload-Offset"])

    def mandar(self, partes: int) -> None:
        """Send so many parts, each from where the portal says that the last one ended; faults are passed over."""
        for _ in range(partes):
            de = self.chegou()
            if de is not None:
                cabecalhos = {"Upload-Offset": str(de), "Content-Type": "application/offset+octet-stream"}
                self._pedir("PATCH", self.onde, cabecalhos, self.conteudo[de : de + PARTE])
            else:
                time.sleep(0.5)


def test_a_file_on_its_way_goes_on_after_each_service_that_stopped(portal: Portal) -> None:
    remetente = Remetente(portal, os.urandom(60 * PARTE))
    for parar, voltar in portal.quedas():
        remetente.mandar(5)
        parar()
        remetente.mandar(5)
        voltar()
    fim = time.monotonic() + PRAZO
    while remetente.chegou() != len(remetente.conteudo) and time.monotonic() < fim:
        remetente.mandar(5)
    assert portal.perguntar(_CHEGOU) == hashlib.sha256(remetente.conteudo).hexdigest()
