"""Obligations that the law takes away from somebody, for a time."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils import timezone

from convenentes.models.convenente import Convenente


class Excecao(models.Model):
    """A line that reads "exigência afastada": by which law, during which period (docs/dominio.md, Regularity)."""

    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="excecoes")
    codigo = models.SlugField("exigência")
    lei = models.CharField("lei ou decisão", max_length=200)
    motivo = models.TextField("motivo", max_length=2000)
    periodo = DateRangeField("período")
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    registrada_em = models.DateTimeField("registrada em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "exceção"
        verbose_name_plural = "exceções"
        ordering = ("-registrada_em",)
        constraints: ClassVar = [
            ExclusionConstraint(
                name="uma_excecao_por_dia",
                expressions=[
                    ("convenente", RangeOperators.EQUAL),
                    ("codigo", RangeOperators.EQUAL),
                    ("periodo", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Já há uma exceção desta exigência neste período.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} – {self.lei}"
