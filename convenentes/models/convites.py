"""Invitations of the persons of the legacy registry: in waves, each with its own pace and limit."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from contas.models import Convite
from convenentes.models.convenente import Municipio
from documentos.models import TipoConvenente


class OndaDeConvites(models.Model):
    """Persons who were invited together. Suspended when too many mails come back."""

    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, null=True, blank=True, verbose_name="município"
    )
    tipo = models.ForeignKey(
        TipoConvenente, on_delete=models.PROTECT, null=True, blank=True, verbose_name="tipo"
    )
    quantos = models.PositiveIntegerField("pessoas convidadas")
    por_hora = models.PositiveIntegerField("mensagens por hora", validators=[MinValueValidator(1)])
    limite = models.PositiveSmallIntegerField("devoluções toleradas (%)", validators=[MaxValueValidator(100)])
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)
    suspensa_em = models.DateTimeField("suspensa em", null=True, blank=True)

    class Meta:
        verbose_name = "onda de convites"
        verbose_name_plural = "ondas de convites"
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(por_hora__gte=1, limite__lte=100),
                name="onda_de_convites_ritmo_e_limite",
                violation_error_message="Informe ao menos uma mensagem por hora e um limite de até 100%.",
            ),
        ]

    def __str__(self) -> str:
        return f"Onda {self.pk}: {self.selecao}"

    @property
    def selecao(self) -> str:
        """Whom the wave is for, in words."""
        partes = [str(parte) for parte in (self.tipo, self.municipio) if parte]
        return ", ".join(partes) or "Todas as organizações"


class ConviteLegado(models.Model):
    """An invitation is of a wave."""

    convite = models.OneToOneField(Convite, on_delete=models.PROTECT, related_name="legado")
    onda = models.ForeignKey(OndaDeConvites, on_delete=models.PROTECT, related_name="convites")

    class Meta:
        verbose_name = "convite do cadastro anterior"
        verbose_name_plural = "convites do cadastro anterior"

    def __str__(self) -> str:
        return f"{self.convite} – {self.onda}"
