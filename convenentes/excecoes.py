"""Exigências afastadas: the law, or a decision, takes an obligation away from somebody for a time.

docs/dominio.md, Regularity.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from contas.models import Usuario
from convenentes import historico
from convenentes.models import Convenente, Excecao
from documentos.models import Exigencia


def preparar(
    convenente: Convenente,
    exigencia: Exigencia,
    *,
    lei: str,
    motivo: str,
    de: date,
    ate: date | None,
    hoje: date,
) -> Excecao:
    """Return an exception not yet recorded, from ``de`` to ``ate``, both included (None: without end).

    It never reaches back: what was said of past days stays said. Raises ValidationError.
    """
    if not exigencia.tipos.filter(pk=convenente.tipo_id).exists():
        raise ValidationError({"exigencia": "Esta exigência não é feita a este tipo de convenente."})
    if de < hoje:
        raise ValidationError({"de": "A exceção vale de hoje em diante."})
    if ate is not None and ate < de:
        raise ValidationError({"ate": "O último dia não pode vir antes do primeiro."})
    periodo = (de, ate + timedelta(days=1) if ate else None)
    excecao = Excecao(convenente=convenente, codigo=exigencia.codigo, lei=lei, motivo=motivo, periodo=periodo)
    excecao.validate_constraints()
    return excecao


@transaction.atomic
def afastar(excecao: Excecao, por: Usuario, hoje: date) -> Excecao:
    """Record an exception that was prepared, and the situation that it brings about."""
    excecao.registrada_por = por
    excecao.save()
    historico.atualizar(hoje, [excecao.convenente_id])
    return excecao


@transaction.atomic
def encerrar(excecao: Excecao, hoje: date) -> Excecao:
    """End an exception in force: today is its last day. Raises ValidationError when it is over or has not begun."""
    travada = Excecao.objects.select_for_update().get(pk=excecao.pk)
    fim = travada.periodo.upper
    if fim is not None and fim <= hoje + timedelta(days=1):
        raise ValidationError("Esta exceção já termina hoje ou já terminou.")
    if travada.periodo.lower > hoje:
        raise ValidationError("Esta exceção ainda não começou.")
    travada.periodo = (travada.periodo.lower, hoje + timedelta(days=1))
    travada.save(update_fields=["periodo"])
    historico.atualizar(hoje, [travada.convenente_id])
    return travada
