"""Encryption of what the portal must read again, with keys made from SECRET_KEY.

What former keys encrypted (``SECRET_KEY_FALLBACKS``) is still read: keep them while it is in use. What is read often
can be brought under the key of today with ``renovar``.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Ilegivel(Exception):
    """It was not encrypted here, was changed since, is too old, or its key is gone."""


def cifrar(texto: str) -> str:
    """Return ``texto`` encrypted and signed."""
    return _chaves()[0].encrypt(texto.encode()).decode()


def decifrar(cifrado: str, *, validade: int | None = None) -> str:
    """Return the text again, if it is no older than ``validade`` seconds. Raises Ilegivel."""
    try:
        return MultiFernet(_chaves()).decrypt(cifrado.encode(), ttl=validade).decode()
    except InvalidToken as erro:
        raise Ilegivel from erro


def renovar(cifrado: str) -> str:
    """Return it as it is when the key of today made it, and encrypted again otherwise. Raises Ilegivel."""
    try:
        _chaves()[0].decrypt(cifrado.encode())
    except InvalidToken:
        return cifrar(decifrar(cifrado))
    return cifrado


def _chaves() -> list[Fernet]:
    """Return today's key and then the former ones."""
    segredos = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digestos = [salted_hmac("cagec.cifra", "", secret=s, algorithm="sha256").digest() for s in segredos]
    return [Fernet(urlsafe_b64encode(d)) for d in digestos]
