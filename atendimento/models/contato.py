"""How to reach the office. Edited by the team in the admin; starts with the founding document's contacts."""

from typing import ClassVar

from django.db import models


class Contato(models.Model):
    """The office's contacts, shown in the footer and at /contato/. One row only."""

    unico = models.BooleanField(default=True, unique=True, editable=False)
    setor = models.CharField("setor", max_length=150)
    equipe = models.CharField("equipe", max_length=100)
    email = models.EmailField("e-mail")
    telefones = models.TextField("telefones, um por linha")
    orientacao = models.TextField("orientação", blank=True)

    class Meta:
        verbose_name = "contato do setor"
        verbose_name_plural = "contato do setor"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(unico=True),
                name="contato_unico",
                violation_error_message="Só há um cadastro de contato.",
            ),
        ]

    def __str__(self) -> str:
        return self.setor

    @property
    def lista_de_telefones(self) -> list[str]:
        return [t.strip() for t in self.telefones.splitlines() if t.strip()]
