"""How long bytes are kept, and whether they are still those received (docs/dominio.md, LGPD and retention).

The row of a file stays for good: it says what was there, and its hash. Bytes go only by a rule, never those of a
document that proves something.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import F

from documentos import guarda
from documentos.models import Arquivo

PRAZO = timedelta(days=365)
NOITES = 30  # every file is compared once in so many nights
POR_NOITE = 20_000  # at most
_diario = logging.getLogger("cagec.retencao")


def _devolvidos(ate: datetime) -> QuerySet[Arquivo]:
    return Arquivo.objects.filter(estado=Arquivo.Estado.COM_PROBLEMA, estado_desde__lt=ate)


# Which files nobody has needed since a time: upper apps add theirs, each rule under the name that people read.
dispensados: dict[str, Callable[[datetime], QuerySet[Arquivo]]] = {
    "Com problema, devolvidos a quem enviou há mais de um ano": _devolvidos
}
# Upper apps say which ones must stay whatever another rule says.
necessarios: list[Callable[[], QuerySet[Arquivo]]] = []


def vencidos(agora: datetime) -> QuerySet[Arquivo]:
    """Files whose bytes may go, by any of the rules, since more than a year."""
    de_alguma_regra = Q()
    for regra in dispensados.values():
        de_alguma_regra |= Q(pk__in=regra(agora - PRAZO).values("pk"))
    achados = Arquivo.objects.filter(de_alguma_regra, papel=Arquivo.Papel.ORIGINAL, apagado_em=None)
    for regra_que_guarda in necessarios:
        achados = achados.exclude(pk__in=regra_que_guarda().values("pk"))
    return achados


def vencidos_por_regra(agora: datetime) -> dict[str, QuerySet[Arquivo]]:
    """Return the same under the name of each rule; a file that two rules let go is under both."""
    todos = vencidos(agora)
    return {
        nome: todos.filter(pk__in=regra(agora - PRAZO).values("pk")) for nome, regra in dispensados.items()
    }


def apagar_vencidos(agora: datetime) -> int:
    """Delete the bytes of files whose time is over, each noted on its row; return how many."""
    pks = list(vencidos(agora).order_by("pk").values_list("pk", flat=True))
    return sum(_apagar(pk, agora) for pk in pks)


@transaction.atomic
def _apagar(pk: int, agora: datetime) -> int:
    arquivo = vencidos(agora).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if arquivo is None:
        return 0
    guarda.apagar_bytes(arquivo)
    da_mesma_origem = Arquivo.objects.filter(Q(pk=pk) | Q(origem=pk))
    da_mesma_origem.update(apagado_em=agora, estado=Arquivo.Estado.COM_PROBLEMA)
    _diario.info("bytes do arquivo %s apagados pela regra de guarda", arquivo.uuid)
    return 1


def conferir(agora: datetime) -> int:
    """Compare a share of the stored files with their hashes, those unseen for longest first; return how many differ."""
    guardados = Arquivo.objects.filter(apagado_em=None)
    quantos = min(guardados.count() // NOITES + 1, POR_NOITE)
    vez = guardados.order_by(F("conferido_em").asc(nulls_first=True))[:quantos]
    return sum(_conferir(arquivo, agora) for arquivo in list(vez))


def _conferir(arquivo: Arquivo, agora: datetime) -> bool:
    corrompido = not guarda.integro(arquivo)
    Arquivo.objects.filter(pk=arquivo.pk).update(conferido_em=agora, corrompido=corrompido)
    if corrompido:
        _diario.error("os bytes guardados do arquivo %s não são os recebidos", arquivo.uuid)
    return corrompido


def corrompidos() -> int:
    """Count the files whose stored bytes are not those received."""
    return Arquivo.objects.filter(corrompido=True, apagado_em=None).count()
