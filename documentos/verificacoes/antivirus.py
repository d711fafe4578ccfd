"""Does clamd know something harmful in the file: the whole stream, by its INSTREAM command.

The client is ours because the ready one is GPL-2.0 only (docs/decisoes/0025-own-clamd-client.md).
"""

import socket
import struct
from collections.abc import Iterable
from contextlib import suppress

from django.conf import settings

from documentos.verificacoes.resultado import Resultado, aprovado, atencao, reprovado, retido

NOME, VERSAO = "antivirus", "1"
_SEGUNDOS = 60
_RESPOSTA = 4096


class AntivirusIndisponivel(Exception):
    """The scanner does not answer, or answers that it could not look. The file waits; nothing is decided."""


def verificar(pedacos: Iterable[bytes]) -> Resultado:
    """Ask the scanner about a file, given in chunks. Raises AntivirusIndisponivel."""
    if settings.ANTIVIRUS == "desligado":
        return atencao(
            NOME,
            VERSAO,
            "não examinado: este portal está sem antivírus.",
            "Quem enviou não precisa fazer nada; quem for abrir deve confiar em quem enviou.",
        )
    return _julgar(_perguntar(b"zINSTREAM\0", pedacos))


def responde() -> bool:
    """Tell whether files can be examined now."""
    if settings.ANTIVIRUS == "desligado":
        return True
    with suppress(AntivirusIndisponivel):
        return _perguntar(b"zPING\0", None) == "PONG"
    return False


def _julgar(resposta: str) -> Resultado:
    """Read "stream: OK" or "stream: <name> FOUND". A heuristic may be wrong: a person looks at the file."""
    dito = resposta.removeprefix("stream: ")
    if dito == "OK":
        return aprovado(NOME, VERSAO)
    if not dito.endswith(" FOUND"):
        raise AntivirusIndisponivel(resposta)
    achado = dito.removesuffix(" FOUND")
    if achado.startswith("Heuristics."):
        return retido(
            NOME,
            VERSAO,
            f"o antivírus estranhou o arquivo ({achado}).",
            "Uma pessoa da equipe vai conferir. Se preferir, escolha Imprimir → Salvar como PDF e envie a cópia.",
        )
    return reprovado(
        NOME,
        VERSAO,
        f"o antivírus encontrou um programa nocivo ({achado}).",
        "Passe um antivírus no seu aparelho, obtenha o documento de novo na fonte e envie.",
    )


def _perguntar(comando: bytes, pedacos: Iterable[bytes] | None) -> str:
    try:
        with _ligar() as conexao:
            conexao.sendall(comando)
            # Over its limit clamd answers and hangs up while we still send: the answer is what counts.
            with suppress(BrokenPipeError, ConnectionResetError):
                for pedaco in pedacos or ():
                    conexao.sendall(struct.pack("!L", len(pedaco)) + pedaco)
                if pedacos is not None:
                    conexao.sendall(struct.pack("!L", 0))
            with conexao.makefile("rb") as leitura:
                return leitura.read(_RESPOSTA).rstrip(b"\0\n").decode(errors="replace")
    except OSError as erro:
        raise AntivirusIndisponivel(str(erro)) from erro


def _ligar() -> socket.socket:
    """Open a connection to ``CLAMD_ENDERECO``: the path of a Unix socket, or host:port."""
    endereco = settings.CLAMD_ENDERECO
    if endereco.startswith("/"):
        conexao = socket.socket(socket.AF_UNIX)
        conexao.settimeout(_SEGUNDOS)
        try:
            conexao.connect(endereco)
        except OSError:
            conexao.close()
            raise
        return conexao
    host, _, porta = endereco.rpartition(":")
    return socket.create_connection((host, int(porta)), timeout=_SEGUNDOS)
