"""Sending a file as the module of our pages does (tus, part by part), on real gunicorn processes.

5 MB against a plain Django view that only saves it; 20 MB against one HTTP PUT to the same S3 storage (rclone); and how
much memory sixteen at once cost. The client is the same in each pair; what is printed are ratios and megabytes.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import boto3
from botocore.config import Config
from django.conf import settings
from django.test import Client

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from contas import fabricas
from tests.servicos import esperar_porta

MEGA = 1024 * 1024
VEZES, JUNTOS = 15, 16
PEDACO = 20 * MEGA  # bytes per request, as in static/js/envio.js
BALDE, CHAVE, SEGREDO = "cagec", "chave-de-bench", "segredo-de-bench"


def medir() -> None:
    """Print the three lines."""
    with ExitStack() as pilha:
        simples = pilha.enter_context(_gunicorn("bench.simples:application", BENCH_PASTA=str(settings.DADOS)))
        portal = pilha.enter_context(_gunicorn("cagec.wsgi", CAGEC_COTA_DIARIA_MB="100000"))
        cinco = os.urandom(5 * MEGA)
        nosso, deles = _alternar(_tus(portal.porta, cinco), _formulario(simples.porta, cinco))
        _dizer("envio-5MB", nosso / deles, 1.5, "plain Django view that saves it")
        cresceu = _juntos(portal)
        _dizer("envio-memoria", cresceu / JUNTOS, 5, f"MB each, {JUNTOS} of 20 MB at once")
        endereco = pilha.enter_context(_s3())
        em_s3 = {"S3_BUCKET": BALDE, "S3_ENDPOINT": endereco, "S3_KEY": CHAVE, "S3_SECRET": SEGREDO}
        no_s3 = pilha.enter_context(_gunicorn("cagec.wsgi", CAGEC_COTA_DIARIA_MB="100000", **em_s3))
        vinte = os.urandom(20 * MEGA)
        nosso, deles = _alternar(_tus(no_s3.porta, vinte), _put(endereco, vinte))
        _dizer("envio-20MB", nosso / deles, 2, "HTTP PUT to the same rclone S3")


def _dizer(nome: str, medida: float, meta: float, contra: str) -> None:
    print(f"{nome} {medida:.2f} {meta:.2f} {'ok' if medida <= meta else 'short'}  ({contra})", flush=True)


class Servidor:
    """A gunicorn with one worker, so that its memory is that of one process."""

    def __init__(self, porta: int, mestre: int) -> None:
        self.porta, self._mestre = porta, mestre

    @property
    def pid(self) -> int:
        """The worker."""
        filhos = Path(f"/proc/{self._mestre}/task/{self._mestre}/children").read_text().split()
        return int(filhos[0])

    def memoria(self, campo: str) -> float:
        """Return ``VmRSS`` or ``VmHWM`` in megabytes."""
        estado = Path(f"/proc/{self.pid}/status").read_text()
        return int(estado.split(f"{campo}:")[1].split()[0]) / 1024


@contextmanager
def _gunicorn(aplicacao: str, **ambiente: str) -> Iterator[Servidor]:
    porta = porta_livre()
    comando = [sys.executable, "-m", "gunicorn", aplicacao, "--bind", f"127.0.0.1:{porta}"]
    comando += ["--worker-class", "gthread", "--workers", "1", "--threads", str(JUNTOS)]
    with _processo(comando, porta, {**os.environ, **ambiente}) as processo:
        yield Servidor(porta, processo.pid)


@contextmanager
def _s3() -> Iterator[str]:
    porta, pasta = porta_livre(), settings.DADOS / "s3"
    (pasta / BALDE).mkdir(parents=True)
    rclone = str(Path(sys.executable).with_name("rclone"))
    comando = [rclone, "serve", "s3", str(pasta), "--addr", f"127.0.0.1:{porta}"]
    comando += ["--auth-key", f"{CHAVE},{SEGREDO}", "--config", os.devnull]
    with _processo(comando, porta, dict(os.environ)):
        yield f"http://127.0.0.1:{porta}"


@contextmanager
def _processo(comando: list[str], porta: int, ambiente: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    processo = processos.iniciar(comando, settings.DADOS / f"bench-{porta}.log", ambiente=ambiente)
    try:
        esperar_porta(porta)
        yield processo
    finally:
        processos.parar(processo)


def _alternar(nosso: Callable[[], None], deles: Callable[[], None]) -> tuple[float, float]:
    """Return the median seconds of each, taken in turns after a warm-up."""
    tempos: tuple[list[float], list[float]] = ([], [])
    for _vez in range(VEZES + 2):
        for medidos, funcao in zip(tempos, (nosso, deles), strict=True):
            inicio = time.perf_counter()
            funcao()
            medidos.append(time.perf_counter() - inicio)
    return median(tempos[0][2:]), median(tempos[1][2:])


def _tus(porta: int, conteudo: bytes) -> Callable[[], None]:
    cliente = Client()
    cliente.force_login(fabricas.usuario())
    token = "a" * 32
    base = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token}
    base["Cookie"] = f"csrftoken={token}; sessionid={cliente.cookies['sessionid'].value}"

    def mandar() -> None:
        linha = HTTPConnection("127.0.0.1", porta, timeout=60)
        resposta = _pedir(
            linha, "POST", "/transferencias/", b"", base | {"Upload-Length": str(len(conteudo))}
        )
        onde, de = resposta["Location"], 0
        while de < len(conteudo):
            cabecalhos = base | {"Upload-Offset": str(de), "Content-Type": "application/offset+octet-stream"}
            resposta = _pedir(linha, "PATCH", onde, conteudo[de : de + PEDACO], cabecalhos)
            de = int(resposta["Upload-Offset"])
        linha.close()

    return mandar


def _formulario(porta: int, conteudo: bytes) -> Callable[[], None]:
    campo = b'Content-Disposition: form-data; name="arquivo"; filename="a.pdf"\r\n\r\n'
    corpo = b"--fim-do-campo\r\n" + campo + conteudo + b"\r\n--fim-do-campo--\r\n"

    def mandar() -> None:
        linha = HTTPConnection("127.0.0.1", porta, timeout=60)
        _pedir(linha, "POST", "/", corpo, {"Content-Type": "multipart/form-data; boundary=fim-do-campo"})
        linha.close()

    return mandar


def _put(endereco: str, conteudo: bytes) -> Callable[[], None]:
    opcoes = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    s3 = boto3.client(
        "s3",
        endpoint_url=endereco,
        aws_access_key_id=CHAVE,
        aws_secret_access_key=SEGREDO,
        region_name="us-east-1",
        config=opcoes,
    )
    assinado = s3.generate_presigned_url("put_object", Params={"Bucket": BALDE, "Key": "direto"})
    servidor = endereco.removeprefix("http://")

    def mandar() -> None:
        linha = HTTPConnection(servidor, timeout=60)
        _pedir(linha, "PUT", assinado.removeprefix(endereco), conteudo, {})
        linha.close()

    return mandar


def _pedir(
    linha: HTTPConnection, metodo: str, onde: str, corpo: bytes, cabecalhos: dict[str, str]
) -> dict[str, str]:
    linha.request(metodo, onde, corpo, cabecalhos)
    resposta = linha.getresponse()
    texto = resposta.read()
    if resposta.status >= 300:
        raise SystemExit(f"{metodo} {onde}: {resposta.status} {texto[:300]!r}")
    return dict(resposta.headers)


def _juntos(portal: Servidor) -> float:
    """Return by how many megabytes the worker's peak passes what it had before."""
    vinte = os.urandom(20 * MEGA)
    envios = [_tus(portal.porta, vinte) for _ in range(JUNTOS)]
    antes = portal.memoria("VmRSS")
    Path(f"/proc/{portal.pid}/clear_refs").write_text("5")  # forget the peak so far
    with ThreadPoolExecutor(JUNTOS) as todos:
        for feito in [todos.submit(envio) for envio in envios]:
            feito.result()
    return portal.memoria("VmHWM") - antes
