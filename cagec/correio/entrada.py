"""Mail that arrives: reads a mailbox by IMAP and gives each message to the readers that apps register.

Each message is kept: in ``PROCESSADAS``, in ``AUTOMATICAS`` what programs sent and nobody has to read, in
``NAO_ENTENDIDAS`` what no reader wanted, for a person. Killed before the move, the same message is read again and
changes nothing: the hash of its bytes is unique.
"""

import hashlib
import imaplib
import logging
import re
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from functools import cached_property

from django.conf import settings
from django.db import transaction

from cagec.correio.models import EmailRecebido

PROCESSADAS = "Processadas"
AUTOMATICAS = "Autom&AOE-ticas"  # “Automáticas” and “Não”, as IMAP writes them (RFC 3501, 5.1.3)
NAO_ENTENDIDAS = "N&AOM-o entendidas"
PASTAS = (PROCESSADAS, AUTOMATICAS, NAO_ENTENDIDAS)
MEGA = 1024 * 1024
MAIOR = 30 * MEGA  # three quarters of it are files, the rest is how mail writes them
COMECO = 1 * MEGA  # what is read of a bigger one: its headers and its text, as a rule
MAIS_PARTES = 200  # that a mail may have to be read by a program
MAIOR_CAMPO = 1000  # letters of From that are looked at
_PRAZO = 30
_diario = logging.getLogger("cagec.correio")


@dataclass(frozen=True)
class Recebido:
    """A mail that arrived. Of one bigger than ``MAIOR`` only the beginning is here; all of it stays in its folder."""

    conteudo: bytes
    tamanho: int

    @property
    def resumo(self) -> str:
        """SHA-256 of what was read."""
        return hashlib.sha256(self.conteudo).hexdigest()

    @cached_property
    def mensagem(self) -> Message:
        """What it says; nothing when it has parts without end, which only an attack has: a person looks at it."""
        try:
            lida = message_from_bytes(self.conteudo)
            partes = sum(1 for _parte in lida.walk())
        except RecursionError:
            return Message()
        return lida if partes <= MAIS_PARTES else Message()

    @property
    def remetente(self) -> str:
        """The address in From, in small letters; empty when there is none. Anybody can write anything there."""
        escrito = str(self.mensagem.get("From", ""))[:MAIOR_CAMPO]
        with suppress(RecursionError):  # of comments inside comments
            endereco = parseaddr(escrito)[1].lower()
            if re.fullmatch(r"[^@\s\x00-\x20]{1,64}@[^@\s\x00-\x20]{1,189}", endereco):
                return endereco
        return ""


# Each says where a message goes, after having done what it asks for, or None when it is not for it. They are asked in
# order, inside the transaction that writes that the message arrived. Apps add theirs in ``ready()``.
tratadores: list[Callable[[Recebido], str | None]] = []


def receber(segundos: float = 45) -> dict[str, int]:
    """Read the mailbox, oldest first, until about ``segundos`` passed; return how many messages went to each folder.

    Runs every minute: who stops before the next one begins never reads beside it.
    """
    fim, contados = time.monotonic() + segundos, Counter[str]()
    with _caixa() as caixa:
        for uid in _uids(caixa):
            if time.monotonic() > fim:
                break
            recebido = _ler(caixa, uid)
            if recebido is None:  # another reader moved it meanwhile
                continue
            try:
                pasta = processar(recebido)
            except Exception:  # noqa: BLE001 - it stays for the next time, and the others must be read
                _diario.exception("e-mail %s adiado", uid)
                continue
            _mover(caixa, uid, pasta)
            contados[pasta] += 1
    return dict(contados)


@transaction.atomic
def processar(recebido: Recebido) -> str:
    """Give a message to the first reader that wants it, once; return its folder."""
    chegada, nova = EmailRecebido.objects.get_or_create(
        resumo=recebido.resumo, defaults={"remetente": recebido.remetente, "pasta": NAO_ENTENDIDAS}
    )
    if nova:
        chegada.pasta = next(filter(None, (tratar(recebido) for tratar in tratadores)), NAO_ENTENDIDAS)
        chegada.save(update_fields=["pasta"])
    return chegada.pasta


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
        for pasta in PASTAS:
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


def _ler(caixa: imaplib.IMAP4, uid: str) -> Recebido | None:
    _, (medida, *_) = caixa.uid("FETCH", uid, "(RFC822.SIZE)")
    achado = re.search(rb"RFC822\.SIZE (\d+)", medida if isinstance(medida, bytes) else b"")
    if achado is None:
        return None
    tamanho = int(achado[1])
    parte = f"BODY.PEEK[]<0.{COMECO}>" if tamanho > MAIOR else "BODY.PEEK[]"
    _, dados = caixa.uid("FETCH", uid, f"({parte})")
    conteudo = next((parte[1] for parte in dados if isinstance(parte, tuple)), None)
    return None if conteudo is None else Recebido(conteudo, max(tamanho, len(conteudo)))


def _mover(caixa: imaplib.IMAP4, uid: str, pasta: str) -> None:
    """Move a message. Copy first, erase after: in the worst case it is in both. Raises IMAP4.error."""
    resposta, _ = caixa.uid("COPY", uid, f'"{pasta}"')
    if resposta != "OK":
        raise imaplib.IMAP4.error(f"COPY {pasta}: {resposta}")
    caixa.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
    caixa.expunge()
