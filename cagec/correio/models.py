"""The outbox: every e-mail is a row, written in the same transaction as its cause."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class MensagemQuerySet(models.QuerySet["Mensagem"]):
    def a_enviar(self, agora: datetime) -> "MensagemQuerySet":
        """Messages whose delivery is due at ``agora``."""
        return self.filter(estado=Mensagem.Estado.NA_FILA, proxima_tentativa__lte=agora)


class Mensagem(models.Model):
    """One e-mail. Holds the kind and its context; links that open an account are made only at delivery."""

    class Estado(models.TextChoices):
        NA_FILA = "na_fila", "Na fila"
        ENVIADA = "enviada", "Enviada"
        FALHOU = "falhou", "Falhou"
        SUSPENSA = "suspensa", "Suspensa"

    chave = models.CharField("chave", max_length=400, unique=True)
    tipo = models.CharField("tipo", max_length=60)
    para = models.EmailField("para")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contexto = models.JSONField("contexto", default=dict)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.NA_FILA)
    tentativas = models.PositiveSmallIntegerField("tentativas", default=0)
    proxima_tentativa = models.DateTimeField("próxima tentativa", default=timezone.now)
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)
    saindo_desde = models.DateTimeField("saindo desde", null=True, blank=True, editable=False)
    repeticoes = models.PositiveSmallIntegerField(
        "talvez repetida",
        default=0,
        db_default=0,
        editable=False,
        help_text="Quantas vezes foi enviada de novo sem se saber se a vez anterior tinha chegado.",
    )
    enviada_em = models.DateTimeField("enviada em", null=True, blank=True)
    assunto = models.CharField("assunto", max_length=200, blank=True)
    corpo = models.TextField("corpo, sem links de acesso", blank=True)
    erro = models.TextField("erro", blank=True)

    objects = MensagemQuerySet.as_manager()

    class Meta:
        verbose_name = "mensagem"
        verbose_name_plural = "mensagens"
        ordering = ("-criada_em",)
        indexes: ClassVar = [
            models.Index(
                fields=["proxima_tentativa"],
                condition=models.Q(estado="na_fila"),
                name="mensagem_a_enviar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} → {self.para}"


class Devolucao(models.Model):
    """A mail came back: what the server of the receiver reported afterwards (RFC 3464). Append-only."""

    mensagem = models.ForeignKey(Mensagem, on_delete=models.PROTECT, related_name="devolucoes")
    definitiva = models.BooleanField("definitiva")
    codigo = models.CharField("código", max_length=20)
    detalhe = models.CharField("detalhe", max_length=500, blank=True)
    resumo = models.CharField("SHA-256 do aviso recebido", max_length=64, unique=True, editable=False)
    em = models.DateTimeField("em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "devolução"
        verbose_name_plural = "devoluções"
        ordering = ("-em",)

    def __str__(self) -> str:
        return f"{self.mensagem}: {self.codigo}"


class EmailRecebido(models.Model):
    """A mail that arrived, and the folder where it is kept now. Who reads it keeps what it says."""

    resumo = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    remetente = models.CharField("remetente", max_length=254, blank=True)
    pasta = models.CharField("pasta", max_length=30)
    em = models.DateTimeField("em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "e-mail recebido"
        verbose_name_plural = "e-mails recebidos"
        ordering = ("-em",)
        indexes: ClassVar = [models.Index(fields=["remetente", "em"], name="recebidos_do_remetente")]

    def __str__(self) -> str:
        return f"{self.remetente}: {self.pasta}"
