"""What the team publishes to help people prepare their documents."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from documentos.models.arquivos import Arquivo
from documentos.models.catalogo import TipoConvenente, TipoDocumento


class OrientacaoQuerySet(models.QuerySet["Orientacao"]):
    """Guidance as the public sees it."""

    def publicadas(self) -> "OrientacaoQuerySet":
        """What may be shown, in the order of the team, each with its file."""
        return self.filter(publicada=True).select_related("arquivo")

    def do_tipo(self, tipo: TipoConvenente) -> "OrientacaoQuerySet":
        """What concerns a type of convenente: its own, and what is for all."""
        return self.filter(models.Q(tipos=tipo) | models.Q(tipos=None)).distinct()


class Orientacao(models.Model):
    """A guidance text, a model to download, or both. Without types it is for all of them."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    titulo = models.CharField("título", max_length=120)
    texto = models.TextField("texto", blank=True, help_text="Uma linha em branco separa os parágrafos.")
    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tipos = models.ManyToManyField(
        TipoConvenente,
        verbose_name="tipos de convenente",
        blank=True,
        related_name="orientacoes",
        help_text="Nenhum marcado: vale para todos.",
    )
    documentos = models.ManyToManyField(
        TipoDocumento,
        verbose_name="documentos",
        blank=True,
        related_name="orientacoes",
        help_text="O link aparece na linha de cada documento marcado.",
    )
    ordem = models.PositiveSmallIntegerField("ordem", default=0)
    publicada = models.BooleanField("publicada", default=True)
    atualizada_em = models.DateTimeField("atualizada em", auto_now=True)

    objects = OrientacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "modelo ou orientação"
        verbose_name_plural = "modelos e orientações"
        ordering = ("ordem", "titulo", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(texto="") | models.Q(arquivo__isnull=False),
                name="orientacao_diz_alguma_coisa",
                violation_error_message="Escreva o texto ou escolha o arquivo.",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo
