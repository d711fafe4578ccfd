"""Warnings before an expiry: what was said, what each person wants to hear, and the address of a calendar."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from convenentes.models.convenente import Convenente


class AvisoEmitido(models.Model):
    """A threshold that one line of one convenente has reached: it is warned about once.

    ``codigo`` is that of the obligation, or ``mandato``; ``limiar`` counts days before ``vence_em``. Of a ``campanha``,
    ``limiar`` numbers the occasion and ``vence_em`` is the day on which the new mandates begin.
    """

    # No index of their own: that of the constraint begins with them.
    convenente = models.ForeignKey(
        Convenente, on_delete=models.PROTECT, related_name="avisos", db_index=False
    )
    codigo = models.SlugField("código da exigência", db_index=False)
    vence_em = models.DateField("vence em")
    limiar = models.PositiveSmallIntegerField("dias antes")
    emitido_em = models.DateTimeField("emitido em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "aviso de vencimento"
        verbose_name_plural = "avisos de vencimento"
        ordering = ("-emitido_em",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["convenente", "codigo", "vence_em", "limiar"],
                name="aviso_uma_vez_por_limiar",
                violation_error_message="Este aviso já foi emitido.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convenente}: {self.codigo}, {self.limiar} dias"


class OndaDeCampanha(models.Model):
    """The log of the campaign: who mailed how many records, when, for which occasion and of which selection."""

    chave_envio = models.UUIDField(unique=True, editable=False)
    posse = models.DateField("início dos novos mandatos")
    vez = models.PositiveSmallIntegerField("ocasião")
    selecao = models.CharField("seleção", max_length=300)
    quantos = models.PositiveSmallIntegerField("organizações avisadas")
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    em = models.DateTimeField("em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "onda da campanha"
        verbose_name_plural = "ondas da campanha"
        ordering = ("-em", "-id")
        indexes: ClassVar = [models.Index(fields=["posse"])]

    def __str__(self) -> str:
        return f"{self.posse:%d/%m/%Y}, {self.vez}ª ocasião: {self.quantos}"


class PreferenciaDeAviso(models.Model):
    """The thresholds that a person wants besides the mandatory ones. Who has no row gets all of them."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferencia_de_aviso"
    )
    limiares = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="dias antes", default=list, blank=True
    )

    class Meta:
        verbose_name = "preferência de aviso"
        verbose_name_plural = "preferências de aviso"

    def __str__(self) -> str:
        return f"{self.usuario}: {self.limiares}"


class EnderecoDeCalendario(models.Model):
    """The hash of the secret address at which one person reads the expiries of one convenente."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    convenente = models.ForeignKey(Convenente, on_delete=models.CASCADE, related_name="+")
    resumo = models.CharField("SHA-256 do segredo", max_length=64, unique=True)
    criado_em = models.DateTimeField("criado em", default=timezone.now)

    class Meta:
        verbose_name = "endereço de calendário"
        verbose_name_plural = "endereços de calendário"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario", "convenente"],
                name="calendario_um_por_pessoa",
                violation_error_message="Esta pessoa já tem um endereço de calendário deste convenente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} – {self.convenente}"
