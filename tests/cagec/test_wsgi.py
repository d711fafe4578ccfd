"""The entry point reads everything as UTF-8."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIRequest

from cagec.wsgi import em_utf8

PARTE = 'Content-Disposition: form-data; name="nome"'
EM_PARTES = f"--limite\r\n{PARTE}\r\n\r\n\\ud800\r\n--limite--\r\n"


def ler(tipo: str, corpo: str = "") -> tuple[str, str]:
    """Return what a page would read in the address and in the form."""
    lidos: list[tuple[str, str]] = []

    def pagina(ambiente: dict[str, Any], comecar: Callable[..., Any]) -> Iterable[bytes]:
        pedido = WSGIRequest(ambiente)
        lidos.append((pedido.GET["q"], pedido.POST.get("nome", "")))
        return []

    ambiente = {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": "q=%5Cud800",
        "CONTENT_TYPE": tipo,
        "CONTENT_LENGTH": str(len(corpo)),
        "wsgi.input": BytesIO(corpo.encode()),
    }
    setup_testing_defaults(ambiente)
    em_utf8(pagina)(ambiente, lambda *args: len)
    return lidos[0]


@pytest.mark.parametrize(
    ("tipo", "corpo"),
    [
        ("application/x-www-form-urlencoded", "nome=%5Cud800"),
        ("multipart/form-data; boundary=limite", EM_PARTES),
    ],
)
@pytest.mark.parametrize(
    "charset", ["unicode_escape", "utf-7", "utf-16", "hex", "rot13", "idna", "punycode", "desconhecido"]
)
def test_no_charset_changes_what_is_read(tipo: str, corpo: str, charset: str) -> None:
    assert ler(f"{tipo}; Charset={charset}", corpo) == ("\\ud800", "\\ud800")
