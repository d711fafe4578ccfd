"""Requests for help for tests and the demonstration, made by the journeys."""

from typing import Any
from uuid import uuid4

from atendimento.chamados import Escrito, Quem, abrir, quem_entrou
from atendimento.models import Categoria, Chamado
from contas.models import Usuario


def escrito(texto: str = "Não consigo enviar o documento.", **campos: Any) -> Escrito:
    """Return a message that nobody sent yet."""
    return Escrito(texto, uuid4(), **campos)


def chamado(usuario: Usuario | None = None, email: str = "pessoa@example.org", **campos: Any) -> Chamado:
    """Open a request of a person, or of an address that nobody confirmed."""
    quem = quem_entrou(usuario) if usuario else Quem(email)
    campos = {"categoria": Categoria.DOCUMENTOS, "assunto": "Documento não sobe"} | campos
    return abrir(quem, campos.pop("escrito", None) or escrito(), **campos)
