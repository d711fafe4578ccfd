"""Digital folders, immutable files, and the documents that they make."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from documentos.models.catalogo import TipoDocumento

DEMORA = timedelta(minutes=15)


class PastaDigital(models.Model):
    """A folder of documents. It does not know its owner: the owner points here."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pasta digital"
        verbose_name_plural = "pastas digitais"

    def __str__(self) -> str:
        return str(self.uuid)


class PastaPessoal(models.Model):
    """The folder of a person: identity, address, selfie."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pasta_pessoal"
    )
    pasta = models.OneToOneField(PastaDigital, on_delete=models.PROTECT, related_name="pessoal")

    class Meta:
        verbose_name = "pasta pessoal"
        verbose_name_plural = "pastas pessoais"

    def __str__(self) -> str:
        return str(self.usuario)


class ArquivoQuerySet(models.QuerySet["Arquivo"]):
    """Files by how far their checks have come."""

    def a_examinar(self, agora: datetime) -> "ArquivoQuerySet":
        """Files that the queue of checks should take now."""
        return self.filter(estado__in=Arquivo.Estado.em_aberto(), examinar_em__lte=agora)

    def parados(self, agora: datetime) -> "ArquivoQuerySet":
        """Files that somebody has been waiting for longer than ``DEMORA``."""
        return self.filter(
            estado__in=Arquivo.Estado.em_aberto(), examinar_em__isnull=False, criado_em__lt=agora - DEMORA
        )


class Arquivo(models.Model):
    """Immutable bytes. The name typed by the person lives only here, never in the storage.

    Only a file that is ``pronto`` is ever shown; what is shown then is ``servido``.
    """

    class Papel(models.TextChoices):
        ORIGINAL = "original", "Original"
        GERADO = "gerado", "Gerado pelo sistema"
        SANEADO = "saneado", "Cópia limpa"

    class Estado(models.TextChoices):
        RECEBIDO = "recebido", "Recebido"
        EM_VERIFICACAO = "em_verificacao", "Em verificação"
        RETIDO = "retido", "Em verificação por uma pessoa da equipe"
        PRONTO = "pronto", "Pronto"
        COM_PROBLEMA = "com_problema", "Com problema"

        @classmethod
        def em_aberto(cls) -> list["Arquivo.Estado"]:
            """States that the checks still have to end."""
            return [cls.RECEBIDO, cls.EM_VERIFICACAO]

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    papel = models.CharField("papel", max_length=10, choices=Papel, default=Papel.ORIGINAL)
    origem = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copias",
        verbose_name="cópia de",
    )
    nome = models.CharField("nome", max_length=255)
    chave = models.CharField("chave no armazenamento", max_length=120, unique=True)
    tipo_midia = models.CharField("tipo de mídia", max_length=60)
    tamanho = models.PositiveBigIntegerField("tamanho em bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    estado = models.CharField("estado", max_length=15, choices=Estado, default=Estado.RECEBIDO)
    estado_desde = models.DateTimeField("neste estado desde", default=timezone.now, editable=False)
    # Empty: the sweep leaves it alone, because another queue brings it (the files of the legacy registry).
    examinar_em = models.DateTimeField("examinar em", default=timezone.now, null=True, editable=False)
    conferido_em = models.DateTimeField("conferido em", null=True, editable=False)
    corrompido = models.BooleanField("os bytes guardados não são os recebidos", default=False, editable=False)
    apagado_em = models.DateTimeField("apagado em", null=True, editable=False)
    objects = ArquivoQuerySet.as_manager()

    class Meta:
        verbose_name = "arquivo"
        ordering = ("id",)  # as they were sent: those of a document are read in its order
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(papel="saneado", origem__isnull=False)
                | (~models.Q(papel="saneado") & models.Q(origem=None)),
                name="arquivo_saneado_tem_origem",
                violation_error_message="Uma cópia limpa precisa do arquivo de que foi feita.",
            ),
            models.UniqueConstraint(
                fields=["origem"],
                name="arquivo_uma_copia_limpa",
                violation_error_message="Este arquivo já tem uma cópia limpa.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["examinar_em"],
                condition=models.Q(estado__in=["recebido", "em_verificacao"]),
                name="arquivo_a_examinar",
            ),
            models.Index(
                fields=["estado_desde"],
                condition=models.Q(estado__in=["retido", "com_problema"]),
                name="arquivo_com_alguem",
            ),
            models.Index(
                models.F("conferido_em").asc(nulls_first=True),
                condition=models.Q(apagado_em=None),
                name="arquivo_a_conferir",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def pronto(self) -> bool:
        """Whether every check has ended well: only then the file is shown."""
        return self.estado == self.Estado.PRONTO

    @property
    def demora(self) -> bool:
        """Whether its checks take longer than anybody should have to wait."""
        em_aberto = self.estado in self.Estado.em_aberto() and self.examinar_em is not None
        return em_aberto and self.criado_em < timezone.now() - DEMORA

    @property
    def servido(self) -> "Arquivo":
        """What is shown of it: the cleaned copy, if the checks made one."""
        return next(iter(self.copias.all()), self)


_ROTULOS = {
    "antivirus": "Antivírus",
    "conteudo ativo": "Conteúdo ativo",
    "formato": "Tipo de arquivo",
    "isolamento": "Exame do arquivo",
    "liberacao": "Conferência da equipe",
    "pdf": "Páginas do PDF",
}


class Verificacao(models.Model):
    """What one automatic check said about a file."""

    class Situacao(models.TextChoices):
        APROVADO = "aprovado", "Aprovado"
        REPROVADO = "reprovado", "Reprovado"
        ATENCAO = "atencao", "Atenção"
        RETIDO = "retido", "Retido"

    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="verificacoes")
    nome = models.CharField("nome", max_length=40)
    versao = models.CharField("versão", max_length=20)
    situacao = models.CharField("situação", max_length=10, choices=Situacao)
    detalhe = models.TextField("detalhe", blank=True)
    conselho = models.TextField("conselho", blank=True)
    feita_em = models.DateTimeField("feita em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "verificação"
        verbose_name_plural = "verificações"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.rotulo}: {self.get_situacao_display()}"

    @property
    def rotulo(self) -> str:
        """What was looked at, as people read it."""
        return _ROTULOS.get(self.nome, self.nome.capitalize())


class Documento(models.Model):
    """Facts about a document: its kind, its files and its dates. Whether it is accepted lives upstairs."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    tipo = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, related_name="documentos")
    pasta = models.ForeignKey(PastaDigital, on_delete=models.PROTECT, related_name="documentos")
    arquivos: "models.ManyToManyField[Arquivo, DocumentoArquivo]" = models.ManyToManyField(
        Arquivo, through="DocumentoArquivo", related_name="documentos"
    )
    emitido_em = models.DateField("emitido em", null=True, blank=True)
    valido_ate = models.DateField("válido até (impresso ou do ato)", null=True, blank=True)
    ano_referencia = models.PositiveSmallIntegerField("ano de referência", null=True, blank=True)
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "documento"
        ordering = ("-criado_em",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(emitido_em=None)
                | models.Q(valido_ate=None)
                | models.Q(valido_ate__gte=models.F("emitido_em")),
                name="documento_validade_depois_da_emissao",
                violation_error_message="A validade não pode ser anterior à emissão.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.tipo)

    @property
    def estado(self) -> Arquivo.Estado:
        """The least good state of its files: what keeps the document from being used. One without files is ready."""
        estados = {arquivo.estado for arquivo in self.arquivos.all()}
        piores = (Arquivo.Estado.COM_PROBLEMA, Arquivo.Estado.RETIDO, *Arquivo.Estado.em_aberto())
        return next((e for e in piores if e in estados), Arquivo.Estado.PRONTO)


class DocumentoArquivo(models.Model):
    """The files of a document, in order."""

    documento = models.ForeignKey(Documento, on_delete=models.CASCADE)
    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT)
    ordem = models.PositiveSmallIntegerField("ordem", default=0)

    class Meta:
        verbose_name = "arquivo do documento"
        verbose_name_plural = "arquivos do documento"
        ordering = ("ordem",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["documento", "arquivo"],
                name="arquivo_uma_vez_por_documento",
                violation_error_message="Este arquivo já está no documento.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documento} – {self.arquivo}"


class VisualizacaoSigilosa(models.Model):
    """Who looked at an identity document or selfie, and when (LGPD)."""

    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="visualizacoes")
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    ip = models.GenericIPAddressField("IP", null=True)
    finalidade = models.CharField("para quê", max_length=120, blank=True)

    class Meta:
        verbose_name = "visualização sigilosa"
        verbose_name_plural = "visualizações sigilosas"
        ordering = ("-em",)

    def __str__(self) -> str:
        return f"{self.usuario} viu {self.arquivo}"
