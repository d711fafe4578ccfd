"""A client of tus, as the module of our pages is one."""

from base64 import b64encode
from typing import Any

from django.test import Client

TUS = {"Tus-Resumable": "1.0.0"}
TIPO = "application/offset+octet-stream"


def iniciar(cliente: Client, tamanho: int, nome: str = "certidão.pdf", **extra: Any) -> Any:
    """Ask to send a file of ``tamanho`` bytes."""
    metadados = f"filename {b64encode(nome.encode()).decode()}"
    cabecalhos = TUS | {"Upload-Length": str(tamanho), "Upload-Metadata": metadados}
    return cliente.post(
        "/transferencias/", b"", content_type="application/octet-stream", headers=cabecalhos, **extra
    )


def mandar(cliente: Client, onde: str, conteudo: bytes, de: int = 0, tipo: str = TIPO) -> Any:
    """Send bytes that begin at ``de``."""
    return cliente.patch(onde, conteudo, content_type=tipo, headers=TUS | {"Upload-Offset": str(de)})


def chegou(cliente: Client, onde: str) -> int:
    """Ask how many bytes arrived."""
    return int(cliente.head(onde, headers=TUS)["Upload-Offset"])


def inteiro(cliente: Client, conteudo: bytes, nome: str = "certidão.pdf") -> str:
    """Send a whole file and return the uuid that a form names it by."""
    onde = iniciar(cliente, len(conteudo), nome)["Location"]
    assert mandar(cliente, onde, conteudo).status_code == 204
    return str(onde.strip("/").rsplit("/", 1)[1])
