"""Two people who do something at the very same moment: real connections, real locks."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, models, transaction

_ESPERANDO = """
    SELECT count(*) FROM pg_stat_activity, pg_sleep(0.005)
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def ao_mesmo_tempo(seguro: models.Model, *acoes: Callable[[], Any]) -> list[Any]:
    """Hold a row until every action waits for it (or is over), let go, and return what each gave or raised."""
    with ThreadPoolExecutor(len(acoes)) as executor:
        with transaction.atomic():
            type(seguro).objects.select_for_update(of=("self",)).get(pk=seguro.pk)  # type: ignore[attr-defined]
            futuros = [executor.submit(_em_outra_conexao, acao) for acao in acoes]
            while not _todos_esperam(futuros):
                pass
        return [futuro.result() for futuro in futuros]


def _todos_esperam(futuros: list[Future[Any]]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_ESPERANDO)
        (esperando,) = cursor.fetchone()
    return int(esperando) + sum(f.done() for f in futuros) >= len(futuros)


def _em_outra_conexao(acao: Callable[[], Any]) -> Any:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")  # a busy machine is no reason to give up the wait
        return acao()
    except Exception as erro:  # noqa: BLE001 - the test looks at what each one raised
        return erro
    finally:
        connection.close()
