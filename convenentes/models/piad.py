"""Automatic analysis (PIAD): what the team lets a machine approve, what it approved, and the audit of it."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from convenentes.models.solicitacoes import Decisao
from documentos.models import TipoDocumento


class AnaliseAutomatica(models.Model):
    """The team's word on one kind of document. Without a row, or off, a person decides."""

    tipo_documento = models.OneToOneField(
        TipoDocumento,
        on_delete=models.PROTECT,
        related_name="analise_automatica",
        verbose_name="tipo de documento",
    )
    ligada = models.BooleanField(
        "aprovar sem uma pessoa",
        default=False,
        help_text="Só o que o portal reconhece e que confere em tudo. O resto continua com a equipe.",
    )
    exige_assinatura = models.BooleanField(
        "exigir assinatura digital",
        default=False,
        help_text="Íntegra e de cadeia reconhecida (RAIZES_DE_CONFIANCA).",
    )
    auditoria = models.PositiveSmallIntegerField(
        "parte sorteada para auditoria (%)", default=10, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = "análise automática"
        verbose_name_plural = "análises automáticas"
        ordering = ("tipo_documento__nome",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(auditoria__lte=100),
                name="auditoria_ate_cem_por_cento",
                violation_error_message="A parte sorteada vai de 0 a 100 %.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.tipo_documento)


class AprovacaoAutomatica(models.Model):
    """An item that was accepted without a person: why, whether it was drawn for audit, and what the auditor said."""

    class Auditoria(models.TextChoices):
        CONFIRMADA = "confirmada", "Confirmada"
        REVERTIDA = "revertida", "Revertida"

    decisao = models.OneToOneField(Decisao, on_delete=models.PROTECT, related_name="automatica")
    motivos = models.JSONField("o que conferiu")
    versao = models.CharField("versão", max_length=20)
    sorteada = models.BooleanField("sorteada para auditoria")
    auditoria = models.CharField("auditoria", max_length=10, choices=Auditoria, blank=True)
    auditada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    auditada_em = models.DateTimeField("auditada em", null=True, blank=True)
    texto = models.TextField("por que foi revertida", blank=True)

    class Meta:
        verbose_name = "aprovação automática"
        verbose_name_plural = "aprovações automáticas"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(auditoria="", auditada_por=None, auditada_em=None)
                | (~Q(auditoria="") & Q(auditada_por__isnull=False, auditada_em__isnull=False)),
                name="auditoria_tem_autor",
                violation_error_message="A auditoria precisa de autor e data.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(sorteada=True, auditoria=""), name="a_auditar"),
        ]

    def __str__(self) -> str:
        return f"{self.decisao.item} – {self.decisao.solicitacao.protocolo}"
