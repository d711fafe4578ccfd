"""Accepted proofs, which the regularity rule reads, and what it certifies."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from convenentes.models.convenente import Convenente
from convenentes.models.legado import CargaLegado
from convenentes.models.solicitacoes import Decisao
from convenentes.models.vinculos import Vinculo
from documentos.models import Arquivo, Documento, Exigencia


class Comprovacao(models.Model):
    """This accepted document proves this line. Without a document, the team checked it by itself."""

    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="comprovacoes")
    exigencia = models.ForeignKey(Exigencia, on_delete=models.PROTECT, related_name="comprovacoes")
    documento = models.ForeignKey(
        Documento, on_delete=models.PROTECT, null=True, blank=True, related_name="comprovacoes"
    )
    mandato = models.ForeignKey(
        Vinculo, on_delete=models.PROTECT, null=True, blank=True, related_name="comprovacoes"
    )
    # Accepted by a decision of ours, or already by the registry before.
    decisao = models.ForeignKey(
        Decisao, on_delete=models.PROTECT, null=True, blank=True, related_name="comprovacoes"
    )
    legado = models.ForeignKey(
        CargaLegado,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    aceita_em = models.DateTimeField("aceita em", default=timezone.now)
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    class Meta:
        verbose_name = "comprovação"
        verbose_name_plural = "comprovações"
        ordering = ("-aceita_em",)
        indexes: ClassVar = [models.Index(fields=["convenente", "exigencia"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decisao__isnull=False, legado=None)
                | models.Q(decisao=None, legado__isnull=False),
                name="comprovacao_de_decisao_ou_do_legado",
                violation_error_message="A aceitação vem de uma decisão ou do cadastro anterior, nunca dos dois.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exigencia} – {self.convenente}"


class Certificado(models.Model):
    """An issued CRC: an immutable picture of the situation at one moment (docs/dominio.md, CRC)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    codigo = models.CharField("código de verificação", max_length=40, unique=True)
    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="certificados")
    regular = models.BooleanField("regular")
    retrato = models.JSONField("retrato")
    pdf = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="+")
    emitido_em = models.DateTimeField("emitido em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "certificado (CRC)"
        verbose_name_plural = "certificados (CRC)"
        ordering = ("-emitido_em",)

    def __str__(self) -> str:
        return f"CRC {self.codigo}"
