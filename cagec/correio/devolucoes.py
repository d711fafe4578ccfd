"""The first reader of what arrives: reports that one of our mails could not be delivered (RFC 3464)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from django.db import transaction

from cagec.correio.entrada import PROCESSADAS, Recebido
from cagec.correio.entrega import identificada
from cagec.correio.models import Devolucao, Mensagem

# A mail came back: apps that want to know add themselves in ``ready()``. Same transaction as the row.
ao_devolver: list[Callable[[Devolucao], None]] = []


@dataclass(frozen=True)
class Aviso:
    """What a delivery report says of one of our mails. ``definitiva``: trying again is of no use."""

    mensagem: Mensagem
    definitiva: bool
    codigo: str
    detalhe: str


@transaction.atomic
def tratar(recebido: Recebido) -> str | None:
    """Write what a delivery report says and tell the apps, once. None: it is no report about a mail of ours."""
    avisos = entender(recebido.mensagem)
    for n, aviso in enumerate(avisos):
        devolucao, nova = Devolucao.objects.get_or_create(
            resumo=hashlib.sha256(b"%d:" % n + recebido.conteudo).hexdigest(),
            defaults={
                "mensagem": aviso.mensagem,
                "definitiva": aviso.definitiva,
                "codigo": aviso.codigo[:20],
                "detalhe": aviso.detalhe[:500],
            },
        )
        if nova:
            for ouvinte in ao_devolver:
                ouvinte(devolucao)
    return PROCESSADAS if avisos else None


def entender(relatorio: Message) -> list[Aviso]:
    """Return what a delivery report says of our mail; nothing when it is no report, or is about another mail."""
    mensagem = _original(relatorio)
    if mensagem is None:
        return []
    return [
        Aviso(mensagem, _definitiva(bloco), _campo(bloco, "Status"), _campo(bloco, "Diagnostic-Code"))
        for bloco in _destinatarios(relatorio)
        if _campo(bloco, "Action").lower() in {"failed", "delayed"}
    ]


def _destinatarios(relatorio: Message) -> Iterator[Message]:
    """The blocks of the report that speak of a receiver; the first block speaks of the whole mail."""
    for parte in relatorio.walk():
        if parte.get_content_type() == "message/delivery-status":
            blocos = parte.get_payload()
            yield from (b for b in blocos if isinstance(b, Message) and "Action" in b)


def _original(relatorio: Message) -> Mensagem | None:
    """Find our mail by the Message-ID in the copy, whole or of the headers alone, that a report carries."""
    for parte in relatorio.walk():
        copia: object = None
        if parte.get_content_type() == "message/rfc822":
            copia = parte.get_payload(0)
        elif parte.get_content_type() == "text/rfc822-headers":
            bruto = parte.get_payload(decode=True)
            copia = message_from_bytes(bruto) if isinstance(bruto, bytes) else None
        if isinstance(copia, Message):
            return identificada(_campo(copia, "Message-ID"))
    return None


def _campo(bloco: Message, nome: str) -> str:
    return " ".join(str(bloco.get(nome, "")).replace("\x00", "").split())


def _definitiva(bloco: Message) -> bool:
    """Class 5 is for good (RFC 3463), but for a mailbox that is full today."""
    estado = _campo(bloco, "Status")
    return _campo(bloco, "Action").lower() == "failed" and estado.startswith("5.") and estado != "5.2.2"
