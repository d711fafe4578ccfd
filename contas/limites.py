"""Limits of attempts, per address and per CPF without punctuation."""

from allauth.core import ratelimit
from django.http import HttpRequest

_LIMITES = {
    "novo_usuario": "30/h/ip,5/h/key",
    "recuperar": "30/h/ip,5/h/key",
    "reenviar": "30/h/ip,3/h/key",
    "assinar": "10/15m/key",
    "arquivo_sem_login": "10/h/ip",
    "crc": "60/h/ip",
}


def permitido(request: HttpRequest, acao: str, chave: str = "") -> bool:
    """Count one attempt of ``acao`` and tell whether it is within the limits."""
    limites = ratelimit.parse_rates(_LIMITES[acao])
    return all(
        ratelimit.consume(request, action=acao, rate=limite, key=chave or None) is not None for limite in limites
    )


MENSAGEM = "Foram muitas tentativas seguidas. Aguarde alguns minutos e tente de novo."
