"""The catalogue as versioned law: norms, the obligations that each one introduces, and what proves them.

A norm is drafted, previewed and published; what was published never changes (a trigger of the database keeps it
so). A later norm ends a line or puts a new version in its place. Source: docs/dominio.md, Catalogue.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from documentos.models.catalogo import Condicao, Escopo, Grupo, Pedido, TipoConvenente, TipoDocumento


class NormaQuerySet(models.QuerySet["Norma"]):
    def publicadas(self) -> "NormaQuerySet":
        """Norms that the team published, in force or about to be."""
        return self.exclude(publicada_em=None)


class Norma(models.Model):
    """A version of the regulation: the obligations that it introduces and those that it ends."""

    slug = models.SlugField("código", unique=True)
    nome = models.CharField("nome", max_length=150)
    vigente_de = models.DateField("vigente de")
    publicada_em = models.DateTimeField("publicada em", null=True, blank=True, editable=False)
    publicada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    revoga: "models.ManyToManyField[Exigencia, Any]" = models.ManyToManyField(
        "Exigencia", blank=True, related_name="revogada_por", verbose_name="exigências que deixam de valer"
    )
    conferir = models.BooleanField("conferir com a norma vigente", default=False)
    observacao = models.TextField("observação", blank=True)

    objects = NormaQuerySet.as_manager()

    class Meta:
        verbose_name = "norma"
        ordering = ("-vigente_de",)

    def __str__(self) -> str:
        return self.nome

    @property
    def rascunho(self) -> bool:
        """A draft holds for nobody and may still change."""
        return self.publicada_em is None


class ExigenciaQuerySet(models.QuerySet["Exigencia"]):
    def em_vigor(self, dia: date) -> "ExigenciaQuerySet":
        """Obligations in force on ``dia`` (São Paulo): one version of each line at most."""
        return self.filter(Q(vigente_ate=None) | Q(vigente_ate__gte=dia), vigente_de__lte=dia)

    def do_tipo(self, tipo: TipoConvenente, dia: date) -> "ExigenciaQuerySet":
        """Obligations of a type of convenente in force on ``dia``, in the order of the annex."""
        return self.em_vigor(dia).filter(tipos=tipo).order_by("grupo", "ordem")


class Exigencia(models.Model):
    """One version of an obligation: one line of the certificate. ``codigo`` is the line, whatever the version."""

    norma = models.ForeignKey(Norma, on_delete=models.PROTECT, related_name="exigencias")
    codigo = models.SlugField("código")
    nome = models.CharField("nome", max_length=200)
    grupo = models.PositiveSmallIntegerField("grupo", choices=Grupo)
    tipos = models.ManyToManyField(TipoConvenente, verbose_name="tipos", related_name="exigencias")
    causa_irregularidade = models.BooleanField("causa irregularidade", default=True)
    transicao_ate = models.DateField(
        "transição até",
        null=True,
        blank=True,
        help_text="Até este dia, inclusive, a falta é apontada, mas não torna ninguém irregular.",
    )
    # Both are set by the publication: without the first one it is a draft.
    vigente_de = models.DateField("vigente de", null=True, blank=True, editable=False)
    vigente_ate = models.DateField("vigente até", null=True, blank=True, editable=False)
    pedido = models.CharField("pedido", max_length=12, choices=Pedido, default=Pedido.DOCUMENTOS)
    escopo = models.CharField("escopo", max_length=20, choices=Escopo)
    condicao = models.CharField("condição", max_length=30, choices=Condicao, default=Condicao.SEMPRE)
    pergunta = models.CharField("pergunta (se houver)", max_length=200, blank=True)
    fonte = models.CharField("cadastro externo", max_length=20, blank=True)
    conferir = models.BooleanField("conferir com a norma vigente", default=False)
    fonte_norma = models.CharField("base normativa", max_length=200, blank=True)
    ordem = models.PositiveSmallIntegerField("ordem", default=0)

    objects = ExigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "exigência"
        ordering = ("grupo", "ordem")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["norma", "codigo"],
                name="exigencia_unica_na_norma",
                violation_error_message="Esta norma já tem uma exigência com este código.",
            ),
            ExclusionConstraint(
                name="exigencia_uma_versao_por_dia",
                expressions=[
                    ("codigo", RangeOperators.EQUAL),
                    (
                        models.Func("vigente_de", "vigente_ate", models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(vigente_de__isnull=False),
                violation_error_message="Duas versões desta exigência valeriam no mesmo dia.",
            ),
            models.CheckConstraint(
                condition=Q(grupo__lte=5) | Q(causa_irregularidade=False),
                name="grupos_seis_e_sete_nunca_irregular",
                violation_error_message="Itens dos grupos VI e VII não causam irregularidade.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class Alternativa(models.Model):
    """One kind of document that satisfies an obligation; the first is the usual one."""

    exigencia = models.ForeignKey(Exigencia, on_delete=models.CASCADE, related_name="alternativas")
    tipo_documento = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, related_name="alternativas")
    ordem = models.PositiveSmallIntegerField("ordem", default=0)

    class Meta:
        verbose_name = "alternativa"
        ordering = ("ordem",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exigencia", "tipo_documento"],
                name="alternativa_unica",
                violation_error_message="Este documento já é alternativa desta exigência.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exigencia}: {self.tipo_documento}"
