"""Notices at the top of the portal's pages."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone


class AvisoDoPortal(models.Model):
    """A notice for a while and for some people. Who closes it does not see it again in that session."""

    class Publico(models.TextChoices):
        TODOS = "todos", "Todos"
        QUEM_ENTROU = "entrou", "Quem entrou"
        REPRESENTANTES = "representantes", "Representantes legais"
        EQUIPE = "equipe", "Equipe CAGEC"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    texto = models.CharField("texto", max_length=300)
    publico = models.CharField("para quem", max_length=15, choices=Publico, default=Publico.TODOS)
    de = models.DateTimeField("mostrar de", default=timezone.now)
    ate = models.DateTimeField("até")

    class Meta:
        verbose_name = "aviso do portal"
        verbose_name_plural = "avisos do portal"
        ordering = ("-de",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ate__gt=models.F("de")),
                name="aviso_do_portal_termina_depois",
                violation_error_message="O aviso precisa terminar depois de começar.",
            ),
        ]

    def __str__(self) -> str:
        return self.texto
