"""The organisation that signs agreements with the State, and where it is."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from convenentes.cnpj import FORMATO, formatar_cnpj
from convenentes.models.legado import CargaLegado
from documentos.models import NaturezaJuridica, PastaDigital, TipoConvenente


class Municipio(models.Model):
    """A Brazilian município, by its IBGE code."""

    codigo_ibge = models.CharField("código IBGE", max_length=7, unique=True)
    nome = models.CharField("nome", max_length=60)
    uf = models.CharField("UF", max_length=2)
    nome_busca = models.CharField("nome sem acentos", max_length=60, editable=False)

    class Meta:
        verbose_name = "município"
        ordering = ("nome_busca", "uf")
        indexes: ClassVar = [models.Index(fields=["nome_busca"]), models.Index(fields=["uf", "nome_busca"])]

    def __str__(self) -> str:
        return f"{self.nome}/{self.uf}"


class AreaAtuacao(models.TextChoices):
    ASSISTENCIA_SOCIAL = "assistencia_social", "Assistência social"
    CRIANCA = "crianca", "Criança e adolescente"
    CULTURA = "cultura", "Cultura"
    EDUCACAO = "educacao", "Educação"
    ESPORTE = "esporte", "Esporte"
    MEIO_AMBIENTE = "meio_ambiente", "Meio ambiente"
    SAUDE = "saude", "Saúde"
    OUTRA = "outra", "Outra"


class ConvenenteQuerySet(models.QuerySet["Convenente"]):
    def publicos(self) -> "ConvenenteQuerySet":
        """Records that anyone may see: never a draft nor an inscription under review."""
        return self.exclude(estado=Convenente.Estado.EM_INSCRICAO).exclude(numero=None)


class Convenente(models.Model):
    """An organisation. Its data belongs to it, never to a user."""

    class Estado(models.TextChoices):
        EM_INSCRICAO = "em_inscricao", "Em inscrição"
        ATIVO = "ativo", "Ativo"
        BLOQUEADO = "bloqueado", "Bloqueado"
        INATIVO = "inativo", "Inativo"
        CANCELADO = "cancelado", "Cancelado"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    numero = models.PositiveIntegerField("nº do cadastro", null=True, blank=True, unique=True)
    estado = models.CharField("estado", max_length=15, choices=Estado, default=Estado.EM_INSCRICAO)
    razao_social = models.CharField("razão social", max_length=200)
    nome_fantasia = models.CharField("nome fantasia", max_length=200, blank=True)
    nome_busca = models.CharField("nomes sem acentos", max_length=400, editable=False, default="")
    natureza = models.ForeignKey(NaturezaJuridica, on_delete=models.PROTECT, verbose_name="natureza jurídica")
    tipo = models.ForeignKey(TipoConvenente, on_delete=models.PROTECT, verbose_name="tipo")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, verbose_name="município")
    ente_controlador = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="ente controlador"
    )
    pasta = models.OneToOneField(PastaDigital, on_delete=models.PROTECT, related_name="convenente")
    data_abertura = models.DateField("data de abertura do CNPJ", null=True, blank=True)
    cep = models.CharField("CEP", max_length=8, blank=True)
    logradouro = models.CharField("logradouro", max_length=150, blank=True)
    numero_endereco = models.CharField("número", max_length=20, blank=True)
    complemento = models.CharField("complemento", max_length=100, blank=True)
    bairro = models.CharField("bairro", max_length=100, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefone = models.CharField("telefone", max_length=20, blank=True)
    site = models.URLField("site", blank=True)
    areas = ArrayField(
        models.CharField(max_length=30, choices=AreaAtuacao), verbose_name="áreas", default=list, blank=True
    )
    respostas = models.JSONField("respostas às perguntas das exigências", default=dict, blank=True)
    # Brought by this load of the registry before (docs/legado.md).
    legado = models.ForeignKey(
        CargaLegado,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)

    objects = ConvenenteQuerySet.as_manager()

    class Meta:
        verbose_name = "convenente"
        ordering = ("razao_social",)
        indexes: ClassVar = [
            GinIndex(fields=["nome_busca"], opclasses=["gin_trgm_ops"], name="convenente_nome_trgm"),
            models.Index(fields=["nome_busca"], name="convenente_nome"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(cnpj__regex=FORMATO),
                name="convenente_cnpj_formato",
                violation_error_message="O CNPJ deve ter 14 caracteres, sem pontuação.",
            ),
            models.CheckConstraint(
                condition=~models.Q(estado="ativo") | models.Q(numero__isnull=False),
                name="convenente_ativo_tem_numero",
                violation_error_message="Um cadastro ativo precisa de número.",
            ),
        ]

    def __str__(self) -> str:
        return self.razao_social

    @property
    def cnpj_formatado(self) -> str:
        return formatar_cnpj(self.cnpj)


class Dirigente(models.Model):
    """A director of the organisation (Lei 13.019/2014, art. 34, VI)."""

    convenente = models.ForeignKey(Convenente, on_delete=models.CASCADE, related_name="dirigentes")
    nome = models.CharField("nome", max_length=150)
    cpf = models.CharField("CPF", max_length=11)
    cargo = models.CharField("cargo", max_length=120)

    class Meta:
        verbose_name = "dirigente"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.nome} ({self.cargo})"
