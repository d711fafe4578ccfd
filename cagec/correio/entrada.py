"""Mail that comes back: reads a mailbox by IMAP and says which of our mails could not be delivered (RFC 3464).

Each message is kept: it goes to ``PROCESSADAS``, or to ``NAO_ENTENDIDAS`` for a person to read. Killed before the
move, the same message is read again and changes nothing, because the hash of its bytes is unique.
"""

import hashlib
import imaplib
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from django.conf import settings
from django.db import transaction

from cagec.correio.entrega import identificada
from cagec.correio.models import Devolucao, Mensagem

PROCESSADAS = "Processadas"
NAO_ENTENDIDAS = "N&AOM-o entendidas"  # “Não”, as IMAP writes it (RFC 3501, 5.1.3)
LOTE = 500
_PRAZO = 30
_diario = logging.getLogger("cagec.correio")

# A mail came back: apps that want to know add themselves in ``ready()``. Same transaction as the row.
ao_devolver: list[Callable[[Devolucao], None]] = []


@dataclass(frozen=True)
class Aviso:
    """What a delivery report says of one of our mails. ``definitiva``: trying again is of no use."""

    mensagem: Mensagem
    definitiva: bool
    codigo: str
    detalhe: str


def receber() -> dict[str, int]:
    """Read what is in the mailbox; return how many messages went to each folder."""
    contados = {PROCESSADAS: 0, NAO_ENTENDIDAS: 0}
    with _caixa() as caixa:
        for uid in _uids(caixa)[:LOTE]:
            conteudo = _ler(caixa, uid)
            if conteudo is None:  # another reader moved it meanwhile
                continue
            try:
                pasta = PROCESSADAS if processar(conteudo) else NAO_ENTENDIDAS
            except Exception:  # noqa: BLE001 - it stays for the next time, and the others must be read
                _diario.exception("retorno %s adiado", uid)
                continue
            _mover(caixa, uid, pasta)
            contados[pasta] += 1
    return contados


@transaction.atomic
def processar(conteudo: bytes) -> bool:
    """Write what a delivery report says and tell the apps, once; tell whether it was understood."""
    avisos = entender(conteudo)
    for n, aviso in enumerate(avisos):
        devolucao, nova = Devolucao.objects.get_or_create(
            resumo=hashlib.sha256(b"%d:" % n + conteudo).hexdigest(),
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
    return bool(avisos)


def entender(conteudo: bytes) -> list[Aviso]:
    """Return what a delivery report says of our mail; nothing when it is no report, or is about another mail."""
    relatorio = message_from_bytes(conteudo)
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


@contextmanager
def _caixa() -> Iterator[imaplib.IMAP4]:
    onde = settings.IMAP_HOST, settings.IMAP_PORT
    caixa = (
        imaplib.IMAP4_SSL(*onde, ssl_context=ssl.create_default_context(), timeout=_PRAZO)
        if settings.IMAP_TLS
        else imaplib.IMAP4(*onde, timeout=_PRAZO)
    )
    try:
        caixa.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        for pasta in (PROCESSADAS, NAO_ENTENDIDAS):
            caixa.create(f'"{pasta}"')  # NO when it exists: the move says what is really wrong
        caixa.select("INBOX")
        yield caixa
    finally:
        with suppress(
            OSError, imaplib.IMAP4.error
        ):  # of a server that died there is nothing to take leave of
            caixa.logout()
        with suppress(OSError):
            caixa.shutdown()


def _uids(caixa: imaplib.IMAP4) -> list[str]:
    _, (achados, *_) = caixa.uid("SEARCH", "UNDELETED")
    return (achados or b"").decode().split()


def _ler(caixa: imaplib.IMAP4, uid: str) -> bytes | None:
    _, dados = caixa.uid("FETCH", uid, "(BODY.PEEK[])")
    return next((parte[1] for parte in dados if isinstance(parte, tuple)), None)


def _mover(caixa: imaplib.IMAP4, uid: str, pasta: str) -> None:
    """Move a message. Copy first, erase after: in the worst case it is in both. Raises IMAP4.error."""
    resposta, _ = caixa.uid("COPY", uid, f'"{pasta}"')
    if resposta != "OK":
        raise imaplib.IMAP4.error(f"COPY {pasta}: {resposta}")
    caixa.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
    caixa.expunge()
