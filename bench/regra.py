"""The regularity rule on 25,000 records with 15 obligations each, against a bare join measured in the same run.

Both on one core: PostgreSQL plans no statement that writes in parallel, and with helpers for the bare join alone the
ratio would tell how many cores the machine has.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

import psycopg
from django.db import connection, transaction

from bench import registro
from convenentes import historico, situacao
from convenentes.models import Convenente
from tests.convenentes.mundo import HOJE

POUCOS, MUITOS = 2_500, 25_000
VEZES = 5
VEZES_DE_UM = 200
# The same tables, without reasons nor history: how many proofs of each record are in force.
REFERENCIA = """
    SELECT count(*), sum(em_dia) FROM (
        SELECT c.id, count(*) FILTER (WHERE coalesce(d.valido_ate, v.mandato_ate) >= %(dia)s) AS em_dia
        FROM convenentes_convenente c
        JOIN documentos_exigencia_tipos et ON et.tipoconvenente_id = c.tipo_id
        JOIN documentos_exigencia e ON e.id = et.exigencia_id AND e.vigente_de <= %(dia)s
        JOIN convenentes_comprovacao k ON k.convenente_id = c.id AND k.exigencia_id = e.id
        JOIN documentos_documento d ON d.id = k.documento_id
        JOIN documentos_tipodocumento t ON t.id = d.tipo_id
        LEFT JOIN convenentes_vinculo v ON v.id = k.mandato_id
        GROUP BY c.id
    ) registro
"""


def um() -> None:
    """Print how long the lines of one record take, and how much that grows with ten times as many records."""
    poucos = _um(POUCOS)
    muitos = _um(MUITOS)
    dizer("situacao-um-ms", muitos * 1000, 5)
    dizer("situacao-um-cresce", muitos / poucos, 1.3)


def todos() -> None:
    """Print how long writing the history of all takes, in bare joins: when nothing changed, and when everything did."""
    crescer(MUITOS)
    um_nucleo()
    historico.atualizar(HOJE)
    referencia = mediana(_juntar)
    print(f"situacao-todos: {referencia * 1000:.0f} ms for the bare join of {MUITOS} records")
    dizer("situacao-todos-nada", mediana(_atualizar) / referencia, 2.5)

    def bloquear() -> None:
        Convenente.objects.update(estado=Convenente.Estado.BLOQUEADO)

    dizer("situacao-todos-tudo", mediana(_atualizar, bloquear) / referencia, 4)


def dizer(nome: str, medida: float, meta: float) -> None:
    """Print the line of one measure."""
    print(f"{nome} {medida:.2f} {meta:.2f} {'ok' if medida <= meta else 'short'}", flush=True)


def crescer(quantos: int) -> None:
    """Write records up to that number, unless they are there, and tell the planner."""
    molde = Convenente.objects.order_by("pk").first()
    chave = molde.pk if molde else registro.criar()
    ha = max(Convenente.objects.count() - 1, 0)
    if quantos <= ha:
        return
    registro.copiar(chave, ha + 1, quantos)
    como_dono("VACUUM ANALYZE")


def como_dono(comando: str) -> None:
    """Run what the role of the application may not."""
    endereco = os.environ["CAGEC_TESTES_SUPERUSUARIO"].rsplit("/", 1)[0]
    with psycopg.connect(f"{endereco}/{connection.settings_dict['NAME']}", autocommit=True) as dono:
        dono.execute(comando)


def _um(registros: int) -> float:
    crescer(registros)
    pks = list(Convenente.objects.order_by("pk").values_list("pk", flat=True)[:: registros // VEZES_DE_UM])
    tempos = [_tempo(partial(situacao.linhas, HOJE, [pk])) for pk in pks]
    return statistics.median(tempos)


def um_nucleo() -> None:
    """Take the helpers away from this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")


def _juntar() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFERENCIA, {"dia": HOJE})
        cursor.fetchall()


def _atualizar() -> None:
    """Write the history, and check what is only checked at the end of a transaction."""
    historico.atualizar(HOJE)
    conferir()


def conferir() -> None:
    """Check what is only checked at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def mediana(medida: Callable[[], object], antes: Callable[[], None] = lambda: None) -> float:
    """Median of some runs, each undone, and each on tables as tidy as those of a registry in use."""
    tempos = []
    for _ in range(VEZES):
        como_dono("VACUUM ANALYZE")
        with transaction.atomic():
            antes()
            tempos.append(_tempo(medida))
            transaction.set_rollback(True)
    return statistics.median(tempos)


def _tempo(medida: Callable[[], object]) -> float:
    inicio = time.perf_counter()
    medida()
    return time.perf_counter() - inicio
