"""Kinds of document, folders and visitors that these tests share."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from contas import fabricas as contas
from contas.models import Usuario
from documentos import envio, fabricas
from documentos.models import Documento, Obtencao, PastaDigital, TipoDocumento, Validade


def tipo(validade: str = Validade.PERM, **campos: Any) -> TipoDocumento:
    """Create a kind of document that is sent as a file."""
    padrao = {"codigo": f"teste-{uuid4().hex[:8]}", "nome": "Documento de teste", "obtencao": Obtencao.UPLOAD}
    return TipoDocumento.objects.create(validade=validade, **(padrao | campos))


def anexar(do_tipo: TipoDocumento | None = None, *arquivos: Any, **campos: Any) -> Documento:
    """Attach files (a small PDF, if none) to a new folder, and have them examined."""
    documento = receber(do_tipo, *arquivos, **campos)
    fabricas.examinar(*documento.arquivos.all())
    return documento


def receber(do_tipo: TipoDocumento | None = None, *arquivos: Any, **campos: Any) -> Documento:
    """The same, before anything was examined."""
    return envio.anexar(
        campos.pop("pasta", None) or PastaDigital.objects.create(),
        do_tipo or tipo(),
        arquivos or [fabricas.enviado("certidao.pdf", fabricas.pdf("Certidão"))],
        campos.pop("usuario", None) or contas.usuario(),
        chave_envio=campos.pop("chave_envio", None) or uuid4(),
        **campos,
    )


def entrar(usuario: Usuario) -> Client:
    """Return a browser in which the person is signed in."""
    cliente = Client()
    cliente.force_login(usuario)
    return cliente


def ler(resposta: Any) -> bytes:
    """Read an answer to its end, which also closes the file behind it."""
    return b"".join(resposta)


def dia(texto: str | None) -> date | None:
    """Read a day, or none."""
    return date.fromisoformat(texto) if texto else None
