"""Addresses that prove something: the link of who has no account, and the mail address that answers a request."""

import re
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from atendimento.models import Chamado

_VALIDADE = timedelta(days=180)
_ASSINADOR = "atendimento.link"
_LETRAS = 32  # of a SHA-256 in hexadecimal: 128 bits, and no capitals, which some servers make small
_MARCADO = re.compile(r"\+(\d{1,18})\.([0-9a-f]{32})@")


def endereco(chamado: Chamado) -> tuple[str, bool]:
    """Return the page of a request, for a mail, and whether the address alone opens it."""
    return settings.ENDERECO + caminho(chamado), chamado.usuario_id is None


def caminho(chamado: Chamado) -> str:
    """Return where its author reads a request: of who has no account, an address that opens it."""
    if chamado.usuario_id:
        return reverse("chamado", args=[chamado.uuid])
    return reverse("chamado_por_link", args=[TimestampSigner(salt=_ASSINADOR).sign(str(chamado.uuid))])


def chamado_do_link(chave: str) -> Chamado | None:
    """Return the request that a mailed link opens, for 180 days. Nothing is consumed."""
    try:
        uuid = TimestampSigner(salt=_ASSINADOR).unsign(chave, max_age=_VALIDADE)
    except BadSignature:
        return None
    return Chamado.objects.filter(uuid=uuid, usuario=None).select_related("convenente", "juntado_a").first()


def endereco_de_resposta(chamado: Chamado) -> str:
    """Return the address whose mails answer the request; empty when no mailbox is read."""
    if not settings.IMAP_HOST:
        return ""
    local, dominio = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rsplit("@", 1)
    return f"{local}+{chamado.pk}.{_selo(str(chamado.pk), settings.SECRET_KEY)}@{dominio}"


def chamado_do_endereco(enderecos: str) -> Chamado | None:
    """Return the request that one of these addresses, a header of a mail, answers."""
    for pk, selo in _MARCADO.findall(enderecos.lower()):
        chaves = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if any(constant_time_compare(_selo(pk, chave), selo) for chave in chaves):
            return Chamado.objects.filter(pk=int(pk)).first()
    return None


def _selo(pk: str, chave: str) -> str:
    return salted_hmac("atendimento.resposta", pk, secret=chave, algorithm="sha256").hexdigest()[:_LETRAS]
