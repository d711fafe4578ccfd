"""Kinds of mail: each app registers one function per kind in its ``mensagens.py``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Corpo:
    """What a mail says. ``segredo`` is the link that opens an account: the kept copy does not show it.

    ``cabecalhos`` take the place of the usual ones; an empty one is left out.
    """

    assunto: str
    paragrafos: list[str]
    botao: tuple[str, str] | None = None
    segredo: str = ""
    cabecalhos: dict[str, str] = field(default_factory=dict)


Contexto = dict[str, Any]
Redator = Callable[[Contexto], Corpo]
RedatorDeVarias = Callable[[list[Contexto]], list[Corpo]]
_redatores: dict[str, Redator] = {}
_redatores_de_varias: dict[str, RedatorDeVarias] = {}


def tipo(nome: str) -> Callable[[Redator], Redator]:
    """Register the function that writes the mails of a kind, from the context kept in the row.

    It raises LookupError itself, no subclass, when what the mail is about is gone: the mail is given up at once.
    """

    def registrar(redator: Redator) -> Redator:
        _redatores[nome] = redator
        return redator

    return registrar


def tipo_de_muitas(nome: str) -> Callable[[RedatorDeVarias], RedatorDeVarias]:
    """Register the function that writes many mails of a kind at once, for those that leave by the thousand."""

    def registrar(redator: RedatorDeVarias) -> RedatorDeVarias:
        _redatores_de_varias[nome] = redator
        return redator

    return registrar


def redigir(nome: str, contexto: Contexto) -> Corpo:
    """Write a mail of a kind. Raises KeyError for a kind that nobody registered."""
    (corpo,) = redigir_varias(nome, [contexto])
    return corpo


def redigir_varias(nome: str, contextos: list[Contexto]) -> list[Corpo]:
    """Write mails of a kind, one for each context, in their order. Raises KeyError like ``redigir``."""
    if nome in _redatores_de_varias:
        return _redatores_de_varias[nome](contextos)
    redator = _redatores[nome]
    return [redator(contexto) for contexto in contextos]
