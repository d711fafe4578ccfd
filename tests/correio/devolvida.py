"""The report of a server that could not deliver a mail (RFC 3464)."""

from typing import Any

from cagec.correio import entrega
from cagec.correio.entrada import Recebido
from cagec.correio.models import Mensagem

_RELATORIO = """\
From: MAILER-DAEMON@mx.example.org
To: retorno@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <{numero}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; pessoa@example.org
Action: {acao}
Status: {estado}
Diagnostic-Code: smtp; 550 {estado} User
    unknown

--limite
Content-Type: {tipo}

Message-ID: {original}
Subject: CAGEC
To: pessoa@example.org

--limite--
"""


def relatorio(mensagem: Mensagem, **campos: Any) -> bytes:
    """What comes back of a mail. ``campos``: numero, acao, estado, tipo and original, the Message-ID."""
    padrao = {"numero": 1, "acao": "failed", "estado": "5.1.1", "tipo": "text/rfc822-headers"}
    padrao["original"] = entrega.identificacao(mensagem)
    return _RELATORIO.format(**(padrao | campos)).replace("\n", "\r\n").encode()


def recebido(conteudo: bytes) -> Recebido:
    """The bytes as the mailbox delivers them."""
    return Recebido(conteudo, len(conteudo))
