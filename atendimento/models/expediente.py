"""Days on which the office does not work, besides weekends and national holidays."""

from django.db import models


class DiaSemExpediente(models.Model):
    """A holiday of the city, a ponto facultativo, a recess: requests that come after it was written count on it."""

    dia = models.DateField("dia", unique=True)
    motivo = models.CharField("motivo", max_length=100)

    class Meta:
        verbose_name = "dia sem expediente"
        verbose_name_plural = "dias sem expediente"
        ordering = ("-dia",)

    def __str__(self) -> str:
        return f"{self.dia:%d/%m/%Y} – {self.motivo}"
