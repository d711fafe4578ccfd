"""The mailbox page of the embedded default: every mail that left, as its receiver sees it, and the demo's codes."""

import mailbox
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Recebida:
    """A mail in the Maildir."""

    chave: str
    para: str
    assunto: str
    em: datetime
    texto: str


@dataclass(frozen=True)
class CodigoDeEntrada:
    """What the telephone of somebody of the demonstration shows now, and for how many seconds more."""

    nome: str
    cpf: str
    codigo: str
    segundos: int


# Filled by the app that knows persons; empty without a demonstration.
fontes_de_codigos: list[Callable[[], list[CodigoDeEntrada]]] = []


def listar(request: HttpRequest) -> HttpResponse:
    """Show the newest mails first, optionally of one receiver."""
    para = request.GET.get("para", "").strip()
    mensagens = sorted(_mensagens(), key=lambda m: m.em, reverse=True)
    if para:
        mensagens = [m for m in mensagens if para.lower() in m.para.lower()]
    codigos = [codigo for fonte in fontes_de_codigos for codigo in fonte()]
    contexto = {"mensagens": mensagens[:100], "para": para, "codigos": codigos}
    return render(request, "correio/caixa_postal.html", contexto)


def ler(request: HttpRequest, chave: str) -> HttpResponse:
    """Show one mail. Nothing is marked as read: this page only reads."""
    mensagem = next((m for m in _mensagens() if m.chave == chave), None)
    if mensagem is None:
        raise Http404
    pedacos = re.split(r"(https?://[^\s<>]+)", mensagem.texto)
    partes = [(p, p.startswith("http")) for p in pedacos]
    return render(request, "correio/mensagem.html", {"mensagem": mensagem, "partes": partes})


def _mensagens() -> list[Recebida]:
    pasta = Path(settings.CAIXA_POSTAL)
    if not pasta.exists():
        return []
    caixa = mailbox.Maildir(pasta, create=False)
    return [_ler(chave, caixa.get_bytes(chave)) for chave in caixa.keys()]  # noqa: SIM118 - keys() rereads the folder


def _ler(chave: str, conteudo: bytes) -> Recebida:
    mensagem = message_from_bytes(conteudo, policy=policy.default)
    assert isinstance(mensagem, EmailMessage)
    parte = mensagem.get_body(("plain",))
    em = parsedate_to_datetime(
        str(mensagem["Date"])
    )  # without a zone when the header says -0000, which is UTC
    return Recebida(
        chave=chave,
        para=str(mensagem["To"]),
        assunto=str(mensagem["Subject"]),
        em=em if em.tzinfo else em.replace(tzinfo=UTC),
        texto=parte.get_content() if parte else "",
    )
