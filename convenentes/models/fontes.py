"""External registers: the files that were loaded, what they said, and when they were out (docs/fontes.md)."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Func, Value
from django.utils import timezone

from convenentes.models.convenente import Convenente
from convenentes.models.legado import CargaLegado
from documentos.models import Arquivo


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


class CargaFonte(models.Model):
    """A file of a register that was loaded whole. Append-only; a refused file leaves no row."""

    class Cadastro(models.TextChoices):
        CAUC = "cauc", "CAUC (Tesouro Nacional)"
        CEPIM = "cepim", "CEPIM (CGU)"
        CEIS = "ceis", "CEIS (CGU)"
        CNEP = "cnep", "CNEP (CGU)"
        CADIN_MG = "cadin_mg", "CADIN-MG"
        SIAFI_MG = "siafi_mg", "SIAFI-MG"
        CAFIMP = "cafimp", "CAFIMP"

    class Origem(models.TextChoices):
        PAGINA = "pagina", "Página da equipe"
        COMANDO = "comando", "Linha de comando"
        PASTA = "pasta", "Pasta de entrada"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cadastro = models.CharField("cadastro", max_length=12, choices=Cadastro)
    referencia = models.DateField("data de referência")
    sha256 = models.CharField("SHA-256", max_length=64)
    evidencia = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="+", verbose_name="arquivo")
    linhas = models.PositiveIntegerField("linhas no arquivo")
    ignoradas = models.PositiveIntegerField("linhas que não dizem respeito ao cadastro", default=0)
    respostas = models.PositiveIntegerField("respostas gravadas", default=0)
    com_restricao = models.PositiveIntegerField("respostas com restrição", default=0)
    origem = models.CharField("origem", max_length=8, choices=Origem)
    carregada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="carregada por",
    )
    carregada_em = models.DateTimeField("carregada em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "carga de cadastro externo"
        verbose_name_plural = "cargas de cadastros externos"
        ordering = ("-carregada_em",)
        indexes: ClassVar = [models.Index(fields=["cadastro", "-referencia"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cadastro", "sha256", "referencia"],
                name="carga_uma_vez_por_arquivo",
                violation_error_message="Este arquivo já foi carregado.",
            ),
            models.CheckConstraint(
                condition=models.Q(origem="pagina", carregada_por__isnull=False)
                | (~models.Q(origem="pagina") & models.Q(carregada_por=None)),
                name="carga_da_pagina_tem_autor",
                violation_error_message="A carga feita na página precisa dizer quem a fez.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cadastro_display()} de {self.referencia:%d/%m/%Y}"


class ResultadoFonte(models.Model):
    """What a register said about a convenente, looked up by hand or read from a file.

    Append-only; there is no default answer. ``vale_ate`` is the last day that the register itself printed, if any.
    """

    class Resultado(models.TextChoices):
        SEM_RESTRICAO = "sem_restricao", "Sem restrição"
        COM_RESTRICAO = "com_restricao", "Com restrição"

    chave_envio = models.UUIDField(null=True, editable=False)
    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="resultados")
    fonte = models.ForeignKey(Fonte, on_delete=models.PROTECT, related_name="resultados")
    resultado = models.CharField("resultado", max_length=15, choices=Resultado)
    detalhe = models.CharField("detalhe", max_length=300, blank=True)
    consultado_em = models.DateField("consultado em")
    vale_ate = models.DateField("validade informada pelo cadastro", null=True, blank=True)
    evidencia = models.ForeignKey(Arquivo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    carga = models.ForeignKey(
        CargaFonte, on_delete=models.PROTECT, null=True, blank=True, related_name="resultados"
    )
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
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
            models.CheckConstraint(
                condition=models.Q(registrado_por__isnull=False, carga=None, legado=None)
                | models.Q(registrado_por=None, carga__isnull=False, legado=None)
                | models.Q(registrado_por=None, carga=None, legado__isnull=False),
                name="resultado_de_pessoa_ou_de_carga",
                violation_error_message="O resultado vem de uma pessoa, de uma carga ou do cadastro anterior.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonte}: {self.get_resultado_display()}"

    @property
    def arquivo(self) -> Arquivo | None:
        """The evidence: what the person attached, or the file that was loaded."""
        return self.carga.evidencia if self.carga else self.evidencia


class IndisponibilidadeFonteQuerySet(models.QuerySet["IndisponibilidadeFonte"]):
    def em(self, dia: date) -> "IndisponibilidadeFonteQuerySet":
        """Outages that hold on a day in São Paulo."""
        return self.filter(de__lte=dia, ate__gte=dia)


class IndisponibilidadeFonte(models.Model):
    """The team declares that a register was out from one day to another, both included.

    Those days do not count in the age of an answer, so that one that was already too old stays too old. A register
    that answers again before ``ate`` ends the outage early; ``declarada_ate`` keeps what was declared first.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    fonte = models.ForeignKey(Fonte, on_delete=models.PROTECT, related_name="indisponibilidades")
    de = models.DateField("primeiro dia")
    ate = models.DateField("último dia")
    declarada_ate = models.DateField("último dia declarado", editable=False)
    motivo = models.CharField("motivo", max_length=300)
    declarada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="declarada por"
    )
    declarada_em = models.DateTimeField("declarada em", default=timezone.now, editable=False)
    encerrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="encerrada por",
    )
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    objects = IndisponibilidadeFonteQuerySet.as_manager()

    class Meta:
        verbose_name = "indisponibilidade de cadastro externo"
        verbose_name_plural = "indisponibilidades de cadastros externos"
        ordering = ("-de", "fonte")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="indisponibilidade_uma_por_dia",
                expressions=[
                    (Func("de", "ate", Value("[]"), function="DATERANGE"), RangeOperators.OVERLAPS),
                    ("fonte", RangeOperators.EQUAL),
                ],
                violation_error_message="Esses dias já estão em outra indisponibilidade deste cadastro.",
            ),
            models.CheckConstraint(
                condition=models.Q(ate__gte=models.F("de")),
                name="indisponibilidade_termina_depois_de_comecar",
                violation_error_message="O último dia não pode vir antes do primeiro.",
            ),
            models.CheckConstraint(
                condition=models.Q(encerrada_por=None, encerrada_em=None)
                | models.Q(encerrada_por__isnull=False, encerrada_em__isnull=False),
                name="indisponibilidade_encerrada_por_alguem",
                violation_error_message="Diga quem encerrou a indisponibilidade.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonte}: fora do ar de {self.de:%d/%m/%Y} a {self.ate:%d/%m/%Y}"
