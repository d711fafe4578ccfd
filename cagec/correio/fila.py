"""Put a mail in the outbox, in the transaction of its cause."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import ProgrammingError, connection, transaction

from cagec.correio.models import Mensagem


def enfileirar(
    chave: str, tipo: str, para: str, contexto: dict[str, Any], usuario: AbstractBaseUser | None = None
) -> Mensagem:
    """Queue a mail. ``chave`` names the occurrence: the same one is never queued twice.

    Raises ProgrammingError outside a transaction, since the mail must be born and die with its cause.
    """
    _exigir_transacao()
    mensagem, criada = Mensagem.objects.get_or_create(
        chave=chave, defaults={"tipo": tipo, "para": para, "contexto": contexto, "usuario": usuario}
    )
    if criada:
        # Robust: with the broker down the row is safe, and the sweep of every minute delivers it.
        transaction.on_commit(lambda: _avisar_trabalhador(mensagem.pk), robust=True)
    return mensagem


def enfileirar_em_lote(mensagens: Iterable[Mensagem]) -> None:
    """Queue many mails at once; the sweep of every minute delivers them. A ``chave`` that exists is left out.

    Raises ProgrammingError outside a transaction.
    """
    _exigir_transacao()
    Mensagem.objects.bulk_create(mensagens, batch_size=1000, ignore_conflicts=True)


def _exigir_transacao() -> None:
    if not connection.in_atomic_block:
        raise ProgrammingError("A mail must be queued inside a transaction: that of its cause.")


def _avisar_trabalhador(pk: int) -> None:
    from cagec.correio.tasks import entregar

    entregar.delay(pk)
