"""House rules that every request of every test must keep."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGINAS = Path(__file__).resolve().parent.parent / "templates"
_ESCRITAS = ("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE")
# Sessions are the visitor's own; the log of who looked at an identity document is written by looking.
_EXCECOES = ('"contas_sessao"', '"documentos_visualizacaosigilosa"')

# Where gov.br sends the person back: a GET by the protocol, and the one that signs in.
_ENTRADA = "/entrar/govbr/volta/"


def proibir_escrita_em_get(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a GET or HEAD of the test client fail when it writes a row: a GET only reads."""
    from django.db import connection
    from django.test import Client

    original = Client.request

    def request(self: Client, **pedido: Any) -> Any:
        if pedido.get("REQUEST_METHOD") not in {"GET", "HEAD"} or pedido.get("PATH_INFO") == _ENTRADA:
            return original(self, **pedido)
        with connection.execute_wrapper(_recusar_escrita):
            return original(self, **pedido)

    monkeypatch.setattr(Client, "request", request)


def _recusar_escrita(
    executar: Callable[..., Any], comando: Any, parametros: Any, muitos: bool, contexto: dict[str, Any]
) -> Any:
    texto = str(comando).lstrip()
    if texto[:8].upper().startswith(_ESCRITAS) and not any(t in texto[:120] for t in _EXCECOES):
        pytest.fail(f"A GET wrote: {texto[:200]}")
    return executar(comando, parametros, muitos, contexto)


class VariavelInexistente(str):
    """What Django prints for an unknown variable: an error in our pages, nothing in third-party ones."""

    __slots__ = ()

    def __contains__(self, parte: object) -> bool:
        return parte == "%s"

    def __mod__(self, nome: object) -> str:
        pagina = _pagina_atual()
        if pagina is not None and pagina.is_relative_to(PAGINAS):
            pytest.fail(f"{pagina.relative_to(PAGINAS)} prints {nome}, which no view gave it.")
        return ""


def exigir_variaveis_de_pagina(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a page of ours that prints an unknown variable fail its test."""
    from django.template.engine import Engine

    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", VariavelInexistente("%s"))


def _pagina_atual() -> Path | None:
    """Find the template whose node is being rendered, walking up the stack from an unknown variable."""
    quadro = inspect.currentframe()
    while quadro is not None:
        no = quadro.f_locals.get("self")
        origem = getattr(no, "origin", None)
        if quadro.f_code.co_name in {"render_annotated", "render"} and origem is not None:
            return Path(origem.name)
        quadro = quadro.f_back
    return None
