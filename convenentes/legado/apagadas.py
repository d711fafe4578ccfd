"""Who was erased does not come back with the next load (docs/decisoes/0024)."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from convenentes.models import PessoaApagada


def lembrar(cpf: str) -> None:
    """Keep what recognises this CPF, and does not tell it."""
    PessoaApagada.objects.get_or_create(resumo=_resumo(cpf, settings.SECRET_KEY))


class Apagadas:
    """Those who were erased so far, held in memory while a load runs."""

    def __init__(self) -> None:
        self._resumos = set(PessoaApagada.objects.values_list("resumo", flat=True))
        self._segredos = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]

    def __contains__(self, cpf: str) -> bool:
        return bool(self._resumos) and any(_resumo(cpf, s) in self._resumos for s in self._segredos)


def _resumo(cpf: str, segredo: str) -> str:
    return salted_hmac("convenentes.legado.apagadas", cpf, secret=segredo, algorithm="sha256").hexdigest()
