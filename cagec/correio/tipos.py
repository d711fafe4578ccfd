"""Kinds of mail: each app registers one function per kind in its ``mensagens.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Corpo:
    """What a mail says. ``segredo`` is the link that opens an account: the kept copy does not show it."""

    assunto: str
    paragrafos: list[str]
    botao: tuple[str, str] | None = None
    segredo: str = ""


Redator = Callable[[dict[str, Any]], Corpo]
_redatores: dict[str, Redator] = {}


def tipo(nome: str) -> Callable[[Redator], Redator]:
    """Register the function that writes the mails of a kind, from the context kept in the row."""

    def registrar(redator: Redator) -> Redator:
        _redatores[nome] = redator
        return redator

    return registrar


def redigir(nome: str, contexto: dict[str, Any]) -> Corpo:
    """Write a mail of a kind. Raises KeyError for a kind that nobody registered."""
    return _redatores[nome](contexto)
