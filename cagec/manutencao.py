"""Maintenance: the portal closed to all but the team. It holds while the database is away, being in the cache."""

from django.core.cache import cache
from redis.exceptions import RedisError

VOLTE_EM = 600  # seconds, told to whoever asks meanwhile
_CHAVE = "manutencao"


def ligar() -> None:
    """Close the portal until ``desligar``."""
    cache.set(_CHAVE, True, timeout=None)


def desligar() -> None:
    """Open the portal."""
    cache.delete(_CHAVE)


def ligada() -> bool:
    """Tell whether the portal is closed. Without an answer from the cache it is open."""
    try:
        return bool(cache.get(_CHAVE))
    except RedisError:
        return False
