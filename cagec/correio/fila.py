"""Put a mail in the outbox, in the transaction of its cause."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

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
    """Queue many mails at once; the sweep delivers each from its ``proxima_tentativa`` on. A ``chave`` that exists is
    left out.

    Raises ProgrammingError outside a transaction.
    """
    _exigir_transacao()
    with connection.cursor() as cursor:
        for lote in _em_lotes(mensagens):
            cursor.execute(_ENFILEIRAR.format(consulta=_DO_LOTE), {"mensagens": json.dumps(lote), **_agora()})


def enfileirar_consulta(consulta: str, parametros: dict[str, Any]) -> None:
    """Queue the mails that a query of ours returns, for so many that they should not leave the database.

    Its columns: ``chave``, ``tipo``, ``para``, ``usuario``, ``contexto``, ``quando``. Else as ``enfileirar_em_lote``.
    """
    _exigir_transacao()
    with connection.cursor() as cursor:
        cursor.execute(_ENFILEIRAR.format(consulta=consulta), parametros | _agora())


def _agora() -> dict[str, datetime]:
    return {"agora": timezone.now()}


_DO_LOTE = """
    SELECT * FROM jsonb_to_recordset(%(mensagens)s)
        m (chave text, tipo text, para text, usuario bigint, contexto jsonb, quando timestamptz)
"""
_ENFILEIRAR = """
    INSERT INTO correio_mensagem
        (chave, tipo, para, usuario_id, contexto, estado, tentativas, proxima_tentativa, criada_em,
         assunto, corpo, erro)
    SELECT chave, tipo, para, usuario, contexto, 'na_fila', 0, quando, %(agora)s, '', '', ''
    FROM ({consulta}) m
    ON CONFLICT (chave) DO NOTHING
"""


def _em_lotes(mensagens: Iterable[Mensagem], tamanho: int = 5_000) -> Iterator[list[dict[str, Any]]]:
    """One document travels faster than as many parameters, and it is not the whole of a campaign at once."""
    restantes = iter(mensagens)
    while lote := [
        {
            "chave": m.chave,
            "tipo": m.tipo,
            "para": m.para,
            "usuario": m.usuario_id,
            "contexto": m.contexto,
            "quando": m.proxima_tentativa.isoformat(),
        }
        for m in islice(restantes, tamanho)
    ]:
        yield lote


def _exigir_transacao() -> None:
    if not connection.in_atomic_block:
        raise ProgrammingError("A mail must be queued inside a transaction: that of its cause.")


def _avisar_trabalhador(pk: int) -> None:
    from cagec.correio.tasks import entregar

    entregar.delay(pk)
