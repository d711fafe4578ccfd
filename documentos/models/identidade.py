"""What a person asks the team about the own identity, with proofs: the account of the own CPF, another nome civil."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from documentos.models.arquivos import Arquivo


class PedidoDeIdentidade(models.Model):
    """Somebody else used the CPF, the e-mail is lost, or the nome civil changed: the team compares the proofs."""

    class Tipo(models.TextChoices):
        ACESSO = "acesso", "Recuperar o acesso"
        NOME = "nome", "Mudar o nome civil"

    class Estado(models.TextChoices):
        ABERTO = "aberto", "Aberto"
        ACEITO = "aceito", "Aceito"
        RECUSADO = "recusado", "Recusado"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    tipo = models.CharField("pedido", max_length=10, choices=Tipo, default=Tipo.ACESSO)
    cpf = models.CharField("CPF", max_length=11)
    nome = models.CharField("nome completo", max_length=150)
    email = models.EmailField("e-mail")
    telefone = models.CharField("telefone", max_length=20)
    explicacao = models.TextField("o que aconteceu", max_length=2000)
    documento = models.ForeignKey(
        Arquivo, on_delete=models.PROTECT, related_name="+", verbose_name="documento de identidade"
    )
    selfie = models.ForeignKey(
        Arquivo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="selfie"
    )
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.ABERTO)
    resposta = models.TextField("resposta da equipe", blank=True)
    valor_anterior = models.CharField("e-mail ou nome antes da decisão", max_length=254, blank=True)
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decidido_em = models.DateTimeField("decidido em", null=True, blank=True)

    class Meta:
        verbose_name = "pedido de identidade"
        verbose_name_plural = "pedidos de identidade"
        ordering = ("criado_em",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(estado="aberto") | models.Q(decidido_em__isnull=False),
                name="pedido_decidido_tem_data",
                violation_error_message="Um pedido decidido precisa da data da decisão.",
            ),
            models.CheckConstraint(
                condition=models.Q(tipo="nome") | models.Q(selfie__isnull=False),
                name="pedido_de_acesso_tem_selfie",
                violation_error_message="Um pedido de acesso precisa da selfie.",
            ),
            models.UniqueConstraint(
                fields=["cpf"],
                condition=models.Q(tipo="nome", estado="aberto"),
                name="um_pedido_de_nome_por_pessoa",
                violation_error_message="Já há um pedido de mudança de nome em análise.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.nome} – {self.get_estado_display()}"
