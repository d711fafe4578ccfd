"""Who may act for whom, during which period, and who was invited to. History is kept."""

from datetime import date, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils import timezone

from contas.models import Convite, Usuario
from convenentes.models.convenente import Convenente
from convenentes.models.legado import CargaLegado


class PapelVinculo(models.TextChoices):
    REPRESENTANTE = "representante", "Representante legal"
    RESPONSAVEL = "responsavel", "Responsável pelas informações"
    USUARIO = "usuario", "Usuário"


class VinculoQuerySet(models.QuerySet["Vinculo"]):
    def vigentes(self, hoje: date) -> "VinculoQuerySet":
        """Links whose period holds on ``hoje`` (São Paulo)."""
        return self.filter(periodo__contains=hoje)


class Vinculo(models.Model):
    """A person acts for a convenente in a role during a period (docs/dominio.md, Roles)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="vinculos")
    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="vinculos")
    papel = models.CharField("papel", max_length=15, choices=PapelVinculo)
    cargo = models.CharField("cargo", max_length=120, blank=True)
    periodo = DateRangeField("período")
    mandato_ate = models.DateField("mandato até", null=True, blank=True)
    # A post without term: its papers last until the day that the team sets here, if any.
    provas_ate = models.DateField("documentos do mandato valem até", null=True, blank=True)
    # The link that a substitution interrupted and this one takes up again: one mandate, the same papers.
    retoma = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="retornos"
    )
    origem = models.ForeignKey(
        "convenentes.Solicitacao", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Brought by this load of the registry before, and not by a request.
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

    objects = VinculoQuerySet.as_manager()

    class Meta:
        verbose_name = "vínculo"
        ordering = ("-criado_em",)
        constraints: ClassVar = [
            ExclusionConstraint(
                name="um_representante_por_periodo",
                expressions=[
                    ("convenente", RangeOperators.EQUAL),
                    ("periodo", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(papel="representante"),
                violation_error_message="Já há representante legal neste período.",
            ),
            ExclusionConstraint(
                name="um_vinculo_por_pessoa_e_papel",
                expressions=[
                    ("convenente", RangeOperators.EQUAL),
                    ("usuario", RangeOperators.EQUAL),
                    ("papel", RangeOperators.EQUAL),
                    ("periodo", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Esta pessoa já tem este papel neste período.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} – {self.get_papel_display()} – {self.convenente}"

    @property
    def ultimo_dia(self) -> date | None:
        """The last day (São Paulo) on which the link holds, if it has one: the range keeps the first day after."""
        fim: date | None = self.periodo.upper
        return fim - timedelta(days=1) if fim else None


class EventoVinculo(models.Model):
    """The history of a link: who made or ended it, when and why. Append-only."""

    class Tipo(models.TextChoices):
        LIGADO = "ligado", "Ligado"
        INICIADO = "iniciado", "Início do período"
        ENCERRADO = "encerrado", "Encerrado"

    vinculo = models.ForeignKey(Vinculo, on_delete=models.PROTECT, related_name="eventos")
    tipo = models.CharField("tipo", max_length=15, choices=Tipo)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    motivo = models.CharField("motivo", max_length=300, blank=True)

    class Meta:
        verbose_name = "evento do vínculo"
        verbose_name_plural = "eventos do vínculo"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} – {self.vinculo}"


class ConviteDeVinculoQuerySet(models.QuerySet["ConviteDeVinculo"]):
    def pendentes(self) -> "ConviteDeVinculoQuerySet":
        """Invitations that nobody answered or took back."""
        return self.filter(encerrado_em=None)

    def para(self, usuario: Usuario) -> "ConviteDeVinculoQuerySet":
        """Invitations of the person: those to the CPF and the proven address of the account."""
        return self.filter(cpf=usuario.cpf, email__iexact=usuario.email)


class ConviteDeVinculo(models.Model):
    """A person, known by CPF and e-mail, is asked to act for a convenente. The link is born with the answer."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    convenente = models.ForeignKey(Convenente, on_delete=models.PROTECT, related_name="convites")
    papel = models.CharField("papel", max_length=15, choices=PapelVinculo)
    cpf = models.CharField("CPF", max_length=11)
    nome = models.CharField("nome", max_length=150)
    email = models.EmailField("e-mail")
    convite = models.ForeignKey(Convite, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    criado_por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    # With a link: accepted. Without: refused or taken back.
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    vinculo = models.ForeignKey(Vinculo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConviteDeVinculoQuerySet.as_manager()

    class Meta:
        verbose_name = "convite de vínculo"
        verbose_name_plural = "convites de vínculo"
        ordering = ("-criado_em",)
        indexes: ClassVar = [models.Index(fields=["cpf"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["convenente", "cpf"],
                condition=models.Q(encerrado_em=None),
                name="um_convite_pendente_por_pessoa",
                violation_error_message="Esta pessoa já foi convidada e ainda não respondeu.",
            ),
            models.CheckConstraint(
                condition=models.Q(papel__in=["responsavel", "usuario"]),
                name="convite_nao_e_de_representante",
                violation_error_message="O representante legal muda por solicitação, e não por convite.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} – {self.get_papel_display()} – {self.convenente}"
