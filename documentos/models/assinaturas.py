"""Declarations that the system writes and the representante legal signs."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from documentos.models.arquivos import Arquivo, Documento
from documentos.models.catalogo import TipoDocumento


class ModeloDeclaracao(models.Model):
    """A published version of the text of a declaration, with placeholders in Django's template language."""

    tipo_documento = models.ForeignKey(
        TipoDocumento, on_delete=models.PROTECT, related_name="modelos", verbose_name="tipo de documento"
    )
    versao = models.PositiveSmallIntegerField("versão")
    titulo = models.CharField("título", max_length=200)
    texto = models.TextField("texto, um parágrafo por bloco")
    publicado_em = models.DateTimeField("publicado em", default=timezone.now)

    class Meta:
        verbose_name = "modelo de declaração"
        verbose_name_plural = "modelos de declaração"
        ordering = ("tipo_documento", "-versao")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tipo_documento", "versao"],
                name="modelo_versao_unica",
                violation_error_message="Esta versão do modelo já existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} (versão {self.versao})"


class Declaracao(models.Model):
    """A declaration made for one case. The text and the list of files are frozen when it is made."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    modelo = models.ForeignKey(ModeloDeclaracao, on_delete=models.PROTECT, related_name="declaracoes")
    documento = models.OneToOneField(Documento, on_delete=models.PROTECT, related_name="declaracao")
    titulo = models.CharField("título", max_length=200)
    paragrafos = models.JSONField("parágrafos", default=list)
    anexos = models.JSONField("anexos: nome e SHA-256", default=list)
    convenente = models.JSONField("razão social e CNPJ", default=dict)
    resumo = models.CharField("SHA-256 do conteúdo", max_length=64)
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "declaração"
        verbose_name_plural = "declarações"
        ordering = ("-criada_em",)

    def __str__(self) -> str:
        return self.titulo


class Assinatura(models.Model):
    """Evidence of a signature: what, who, when, how. Verified in public by its code."""

    class Metodo(models.TextChoices):
        SENHA = "senha", "CPF e senha"

    codigo = models.CharField("código de verificação", max_length=40, unique=True)
    declaracao = models.OneToOneField(Declaracao, on_delete=models.PROTECT, related_name="assinatura")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assinaturas"
    )
    nome = models.CharField("nome", max_length=150)
    cpf = models.CharField("CPF", max_length=11)
    cargo = models.CharField("cargo", max_length=120)
    resumo = models.CharField("SHA-256 do que foi assinado", max_length=64)
    metodo = models.CharField("método", max_length=10, choices=Metodo, default=Metodo.SENHA)
    assinada_em = models.DateTimeField("assinada em", default=timezone.now, editable=False)
    ip = models.GenericIPAddressField("IP", null=True)
    navegador = models.CharField("navegador", max_length=300, blank=True)
    pdf = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "assinatura"
        ordering = ("-assinada_em",)

    def __str__(self) -> str:
        return f"{self.declaracao} – {self.nome}"
