"""What the situation of each record was, day by day, and what was said of it at the time."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone

from convenentes.models.convenente import Convenente


class SituacaoQuerySet(models.QuerySet["Situacao"]):
    def atuais(self) -> "SituacaoQuerySet":
        """Rows that hold as far as is known today: no day belongs to two of them."""
        return self.filter(substituida_em=None)


class Situacao(models.Model):
    """The answer for one record during a range of days. A correction takes its place and erases nothing.

    ``muda_em`` is the earliest day on which the answer can change by time alone: a reader who finds it due asks the
    rule instead (docs/dominio.md, Regularity).
    """

    convenente = models.ForeignKey(
        Convenente,
        on_delete=models.PROTECT,
        related_name="situacoes",
        db_index=False,  # the indexes below begin with it
    )
    periodo = DateRangeField("período")
    regular = models.BooleanField("regular")
    impedimento = models.BooleanField("impedimento")
    motivos = models.JSONField("motivos", default=list)
    muda_em = models.DateField("pode mudar em", null=True, blank=True)
    registrada_em = models.DateTimeField("registrada em", default=timezone.now, editable=False)
    substituida_em = models.DateTimeField("substituída em", null=True, blank=True, editable=False)

    objects = SituacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "situação"
        verbose_name_plural = "situações"
        ordering = ("-registrada_em", "-id")
        indexes: ClassVar = [
            models.Index(fields=["convenente", "-registrada_em"]),
            models.Index(
                fields=["regular", "convenente"],
                condition=Q(substituida_em=None, periodo__upper_inf=True),
                name="situacao_de_hoje",
            ),
        ]
        constraints: ClassVar = [
            # Deferred: one statement closes the old range and opens the new one.
            ExclusionConstraint(
                name="uma_situacao_por_dia",
                expressions=[("convenente", RangeOperators.EQUAL), ("periodo", RangeOperators.OVERLAPS)],
                condition=Q(substituida_em=None),
                deferrable=Deferrable.DEFERRED,
                violation_error_message="Já há uma situação registrada para este período.",
            ),
        ]

    @property
    def ultimo_dia(self) -> date | None:
        """The last day of the range; None while it holds."""
        fim: date | None = self.periodo.upper
        return fim - timedelta(days=1) if fim else None

    def __str__(self) -> str:
        return f"{self.convenente}: {'regular' if self.regular else 'irregular'}"
