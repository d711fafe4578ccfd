"""Limits of attempts, per address and per key (a CPF without punctuation).

The rates are in ACCOUNT_RATE_LIMITS.
"""

from allauth.core import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

MENSAGEM = "Foram muitas tentativas seguidas. Aguarde alguns minutos e tente de novo."


def permitido(request: HttpRequest, acao: str, chave: str = "") -> bool:
    """Count one attempt of ``acao`` and tell whether it is within the limits. A GET is not counted."""
    dentro: bool = ratelimit.consume(request, action=acao, key=chave or None)
    return dentro


def endereco_ip(request: HttpRequest) -> str | None:
    """Return the address of who asks, as seen through the trusted proxies."""
    ip: str | None = get_client_ip(request)
    return ip
