"""A transfer belongs to no process: what one web server began, another one ends."""

import os
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.test import Client

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from contas import fabricas as contas
from documentos.models import Transferencia
from documentos.transferencia import ArquivoTransferido
from tests.documentos import apoio, transferir
from tests.servicos import esperar_porta

METADE = os.urandom(1024 * 1024)


@pytest.fixture
def servidores(tmp_path: Path) -> Iterator[list[int]]:
    """Two web servers, each on a port, on the database and the storage of the test."""
    portas = [porta_livre(), porta_livre()]
    iniciados = [
        processos.iniciar(
            [sys.executable, "-m", "gunicorn", "cagec.wsgi", "--bind", f"127.0.0.1:{porta}"],
            tmp_path / f"{porta}.log",
            ambiente=dict(os.environ),
        )
        for porta in portas
    ]
    try:
        for porta in portas:
            esperar_porta(porta)
        yield portas
    finally:
        for processo in iniciados:
            processos.parar(processo)


def _mandar(cliente: Client, porta: int, onde: str, conteudo: bytes, anunciado: int, de: int) -> None:
    """Send bytes as a browser does; when fewer come than announced, hang up in the middle."""
    token, sessao = "a" * 32, cliente.cookies["sessionid"].value
    linha = HTTPConnection("127.0.0.1", porta, timeout=30)
    linha.putrequest("PATCH", onde)
    cabecalhos = transferir.TUS | {"Upload-Offset": str(de), "Content-Type": transferir.TIPO}
    cabecalhos |= {"X-CSRFToken": token, "Cookie": f"csrftoken={token}; sessionid={sessao}"}
    for nome, valor in (cabecalhos | {"Content-Length": str(anunciado)}).items():
        linha.putheader(nome, valor)
    linha.endheaders(conteudo)
    if len(conteudo) == anunciado:
        assert linha.getresponse().status == 204
    linha.close()


@pytest.mark.django_db(transaction=True)
def test_a_line_that_breaks_at_one_server_goes_on_at_another_from_what_arrived(servidores: list[int]) -> None:
    cliente = apoio.entrar(contas.usuario())
    inteiro = METADE + METADE[::-1]
    onde = transferir.iniciar(cliente, len(inteiro))["Location"]
    _mandar(cliente, servidores[0], onde, METADE, len(inteiro), 0)
    _esperar(len(METADE))
    chegou = transferir.chegou(cliente, onde)
    _mandar(cliente, servidores[1], onde, inteiro[chegou:], len(inteiro) - chegou, chegou)
    assert ArquivoTransferido(Transferencia.objects.get()).read() == inteiro


def _esperar(bytes_: int) -> None:
    """Wait until the server has seen the end of the line that broke, and kept what came through it."""
    fim = time.monotonic() + 20
    while time.monotonic() < fim and Transferencia.objects.get().deslocamento < bytes_:
        time.sleep(0.05)
    assert Transferencia.objects.get().deslocamento == bytes_
