"""What came from the registry before this one: each load, each row of it and each file (docs/legado.md)."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from documentos.models import Arquivo, Documento


class CargaLegado(models.Model):
    """One load of an export. It is over when every row and every file has been accounted for."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    origem = models.CharField("pasta ou pacote", max_length=255)
    sha256 = models.CharField("SHA-256 dos arquivos CSV", max_length=64)
    quem = models.CharField("quem rodou o comando", max_length=100)
    iniciada_em = models.DateTimeField("iniciada em", default=timezone.now, editable=False)
    concluida_em = models.DateTimeField("concluída em", null=True, blank=True)
    aceita_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diferenças aceitas por",
    )
    aceita_em = models.DateTimeField("diferenças aceitas em", null=True, blank=True)

    class Meta:
        verbose_name = "carga do cadastro anterior"
        verbose_name_plural = "cargas do cadastro anterior"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.origem}, {timezone.localtime(self.iniciada_em):%d/%m/%Y %H:%M}"


class LinhaLegadoQuerySet(models.QuerySet["LinhaLegado"]):
    def a_ver(self) -> "LinhaLegadoQuerySet":
        """Return the rows that did not simply enter: left out, changed, or with something to look at."""
        return self.filter(A_VER)


A_VER = ~models.Q(resultado="importada") | ~models.Q(avisos=[]) | ~models.Q(mudancas={})


class LinhaLegado(models.Model):
    """What became of one row, and why. Append-only: the rows of a file are all here, each once.

    ``mudancas`` keeps before and after of each value that was changed; ``dados`` what has no place of its own in the
    registry and stays as history, such as the situação that the registry before printed.
    """

    class Arquivo(models.TextChoices):
        CONVENENTES = "convenentes", "Convenentes"
        PESSOAS = "pessoas", "Pessoas"
        VINCULOS = "vinculos", "Vínculos"
        DOCUMENTOS = "documentos", "Documentos"
        RESTRICOES = "restricoes", "Restrições"

    class Resultado(models.TextChoices):
        IMPORTADA = "importada", "Importada"
        JA_HAVIA = "ja_havia", "Já havia"
        REPETIDA = "repetida", "Repetida"
        REJEITADA = "rejeitada", "Rejeitada"

    carga = models.ForeignKey(CargaLegado, on_delete=models.PROTECT, related_name="linhas", db_index=False)
    arquivo = models.CharField("arquivo", max_length=15, choices=Arquivo)
    linha = models.PositiveIntegerField("linha")
    chave = models.CharField("chave", max_length=120, blank=True)
    resultado = models.CharField("resultado", max_length=10, choices=Resultado)
    motivo = models.TextField("motivo", blank=True)
    avisos = ArrayField(models.CharField(max_length=200), verbose_name="a conferir", default=list)
    mudancas = models.JSONField("antes e depois", default=dict)
    dados = models.JSONField("guardado como histórico", default=dict)

    objects = LinhaLegadoQuerySet.as_manager()

    class Meta:
        verbose_name = "linha do cadastro anterior"
        verbose_name_plural = "linhas do cadastro anterior"
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["arquivo", "chave"], name="linha_legado_chave"),
            models.Index(fields=["carga", "resultado", "id"], condition=A_VER, name="linha_legado_a_ver"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carga", "arquivo", "linha"],
                name="linha_legado_uma_vez",
                violation_error_message="Esta linha já foi contada.",
            ),
            models.CheckConstraint(
                condition=models.Q(resultado="importada") | ~models.Q(motivo=""),
                name="linha_legado_tem_motivo",
                violation_error_message="Diga por que a linha não entrou.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arquivo}, linha {self.linha}: {self.get_resultado_display()}"


class ArquivoLegadoQuerySet(models.QuerySet["ArquivoLegado"]):
    def a_conferir(self) -> "ArquivoLegadoQuerySet":
        """Return the files that somebody should look at: missing, not named by any row, or failed."""
        estados = ArquivoLegado.Estado
        return self.filter(estado__in=(estados.AUSENTE, estados.REPROVADO, estados.SEM_LINHA))


class ArquivoLegado(models.Model):
    """A file that a document row names, or that no row names. Also the queue of its checks."""

    class Estado(models.TextChoices):
        A_RECEBER = "a_receber", "A receber"
        AUSENTE = "ausente", "Não está na pasta"
        RECEBIDO = "recebido", "Recebido, a examinar"
        APROVADO = "aprovado", "Examinado"
        REPROVADO = "reprovado", "Não passou no exame"
        SEM_LINHA = "sem_linha", "Nenhuma linha o cita"

    carga = models.ForeignKey(CargaLegado, on_delete=models.PROTECT, related_name="arquivos")
    documento = models.ForeignKey(
        Documento, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nome = models.CharField("nome na pasta", max_length=500)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.A_RECEBER)
    motivo = models.TextField("motivo", blank=True)
    conferido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="conferido por",
    )
    conferido_em = models.DateTimeField("conferido em", null=True, blank=True)

    objects = ArquivoLegadoQuerySet.as_manager()

    class Meta:
        verbose_name = "arquivo do cadastro anterior"
        verbose_name_plural = "arquivos do cadastro anterior"
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=["estado", "id"], name="arquivo_legado_fila")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carga", "documento", "nome"],
                nulls_distinct=False,
                name="arquivo_legado_uma_vez",
                violation_error_message="Este arquivo já foi contado.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome}: {self.get_estado_display()}"


class PessoaApagada(models.Model):
    """Somebody who was erased here, known by a keyed hash alone: no later load brings that person back (0024)."""

    resumo = models.CharField("resumo do CPF", max_length=64, unique=True)
    apagada_em = models.DateTimeField("apagada em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pessoa apagada"
        verbose_name_plural = "pessoas apagadas"

    def __str__(self) -> str:
        return f"{self.resumo[:8]}…"
