"""Files on their way in, a part at a time."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models


class Transferencia(models.Model):
    """A file that a signed-in person is sending. It lives a day at most; what a form used lives an hour more.

    ``partes`` lists, in order, the key in the storage and the size in bytes of each part that arrived.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nome = models.CharField("nome", max_length=255)
    tamanho = models.PositiveBigIntegerField("tamanho em bytes")
    deslocamento = models.PositiveBigIntegerField("bytes recebidos", default=0)
    partes = models.JSONField("partes", default=list)
    iniciada_em = models.DateTimeField("iniciada em", editable=False)
    expira_em = models.DateTimeField("expira em", db_index=True)

    class Meta:
        verbose_name = "transferência"
        verbose_name_plural = "transferências"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deslocamento__lte=models.F("tamanho")),
                name="transferencia_nao_passa_do_tamanho",
                violation_error_message="O arquivo recebido é maior do que o anunciado.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def completa(self) -> bool:
        """Tell whether every byte arrived."""
        return self.deslocamento == self.tamanho
