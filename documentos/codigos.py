"""Verification codes: what proves something has at least 128 bits."""

import secrets

_ALFABETO = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def novo_codigo() -> str:
    """Return a code of 130 bits in groups that can be read aloud, without letters that look like numbers."""
    letras = "".join(secrets.choice(_ALFABETO) for _ in range(26))
    return "-".join((letras[:5], letras[5:10], letras[10:15], letras[15:20], letras[20:]))
