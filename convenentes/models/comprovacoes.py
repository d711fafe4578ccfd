"""What the regularity rule reads: accepted proofs and what external registers said. And what it certifies."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from convenentes.models.convenente import Convenente
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
    decisao = models.ForeignKey(Decisao, on_delete=models.PROTECT, related_name="comprovacoes")
    aceita_em = models.DateTimeField("aceita em", default=timezone.now)
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    class Meta:
        verbose_name = "comprovação"
        verbose_name_plural = "comprovações"
        ordering = ("-aceita_em",)
        indexes: ClassVar = [models.Index(fields=["convenente", "exigencia"])]

    def __str__(self) -> str:
        return f"{self.exigencia} – {self.convenente}"


class Fonte(models.Model):
    """An external register. An answer older than ``validade_dias`` reads "não verificado"."""

    codigo = models.SlugField("código", unique=True)
    nome = models.CharField("nome", max_length=120)
    orgao = models.CharField("órgão", max_length=120, blank=True)
    onde_consultar = models.URLField("onde consultar", blank=True)
    validade_dias = models.PositiveSmallIntegerField("dias de validade da consulta", default=7)
    impedimento = models.BooleanField("restrição é impedimento", default=False)

    class Meta:
        verbose_name = "cadastro externo"
        verbose_name_plural = "cadastros externos"
        ordering = ("nome",)

    def __str__(self) -> str:
        return self.nome


class ResultadoFonte(models.Model):
    """What a register said about a convenente. Append-only; there is no default answer."""

    class Resultado(models.TextChoices):
        SEM_RESTRICAO = "sem_restricao", "Sem restrição"
        COM_RESTRICAO = "com_restricao", "Com restrição"

    chave_envio = models.UUIDField(null=True, editable=False)
    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="resultados")
    fonte = models.ForeignKey(Fonte, on_delete=models.PROTECT, related_name="resultados")
    resultado = models.CharField("resultado", max_length=15, choices=Resultado)
    detalhe = models.CharField("detalhe", max_length=300, blank=True)
    consultado_em = models.DateField("consultado em")
    evidencia = models.ForeignKey(Arquivo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    registrado_por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registrado_em = models.DateTimeField("registrado em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "resultado de consulta"
        verbose_name_plural = "resultados de consultas"
        ordering = ("-consultado_em", "-id")
        indexes: ClassVar = [models.Index(fields=["convenente", "fonte", "-consultado_em"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chave_envio", "fonte"],
                name="resultado_unico_por_envio",
                violation_error_message="Esta consulta já foi registrada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonte}: {self.get_resultado_display()}"


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
