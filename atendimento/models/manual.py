"""What the team writes over the shipped pages of the manual (``atendimento/manual/``)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class VersaoDaPagina(models.Model):
    """A page as somebody of the team published it. The newest of a path is shown; append-only, the database holds it.

    One without text gives the page back to the shipped text.
    """

    caminho = models.CharField("caminho", max_length=200)
    numero = models.PositiveIntegerField("versão")
    titulo = models.CharField("título", max_length=150)
    resumo = models.CharField("resumo", max_length=300)
    texto = models.TextField("texto", blank=True)
    fabrica = models.CharField("SHA-256 do texto de fábrica de então", max_length=64)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    criada_em = models.DateTimeField("publicada em", default=timezone.now)

    class Meta:
        verbose_name = "página do manual"
        verbose_name_plural = "manual"
        ordering = ("caminho", "-numero")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caminho", "numero"], name="versao_da_pagina_unica"),
        ]

    def __str__(self) -> str:
        return f"{self.titulo}, versão {self.numero}"
