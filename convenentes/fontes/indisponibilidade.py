"""A register that is out: the team says so, and those days do not count in the age of its answers (docs/fontes.md).

Nobody is cleared by an outage: an answer that was already too old when it began stays too old.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from contas.models import Usuario
from convenentes import historico
from convenentes.models import Fonte, IndisponibilidadeFonte

MAXIMO_DE_DIAS = 30


@transaction.atomic
def declarar(
    fontes: Iterable[Fonte], de: date, ate: date, motivo: str, por: Usuario, hoje: date
) -> list[IndisponibilidadeFonte]:
    """Declare that registers are out from ``de`` to ``ate``, both included. Raises ValidationError.

    The first day is today or before; the whole lasts at most ``MAXIMO_DE_DIAS`` and can be declared again.
    """
    if de > hoje:
        raise ValidationError({"de": "A indisponibilidade começa hoje ou já começou."})
    if ate < de:
        raise ValidationError({"ate": "O último dia não pode vir antes do primeiro."})
    if ate - de >= timedelta(days=MAXIMO_DE_DIAS):
        raise ValidationError(
            {"ate": f"Declare no máximo {MAXIMO_DE_DIAS} dias. Se continuar, declare de novo."}
        )
    novas = [
        IndisponibilidadeFonte(
            fonte=fonte, de=de, ate=ate, declarada_ate=ate, motivo=motivo, declarada_por=por
        )
        for fonte in fontes
    ]
    for nova in novas:
        nova.validate_constraints()
        nova.save()
    historico.atualizar(hoje)
    return novas


@transaction.atomic
def encerrar(indisponibilidade: IndisponibilidadeFonte, por: Usuario, hoje: date) -> IndisponibilidadeFonte:
    """The register is back: today is the last day of the outage. Raises ValidationError when it is over already."""
    travada = IndisponibilidadeFonte.objects.select_for_update().get(pk=indisponibilidade.pk)
    if travada.encerrada_em or travada.ate < hoje:
        raise ValidationError("Esta indisponibilidade já terminou.")
    travada.ate = hoje
    travada.encerrada_por, travada.encerrada_em = por, timezone.now()
    travada.save(update_fields=["ate", "encerrada_por", "encerrada_em"])
    historico.atualizar(hoje)
    return travada


def frases(hoje: date) -> dict[str, str]:
    """Return what the public line of each register that is out says, by code of Fonte. The reason stays inside."""
    em_vigor = IndisponibilidadeFonte.objects.em(hoje).select_related("fonte")
    return {
        fora.fonte.codigo: (
            f"Fora do ar desde {fora.de:%d/%m/%Y}, segundo a equipe CAGEC. "
            f"Os dias até {fora.ate:%d/%m/%Y} não contam na idade da consulta."
        )
        for fora in em_vigor
    }
