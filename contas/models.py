"""Persons, their invitations, the terms they accepted, their sessions and what happened to their access."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Concat, Lower, LTrim
from django.utils import timezone

from contas.documentos_pessoais import formatar_cpf, mascarar_cpf

# Brought from the legacy registry, and has not come yet: no password, no sign-in by gov.br.
NUNCA_ENTROU = models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)


# Names are folded by the database, whoever writes them: neither its order of letters nor its ILIKE knows accents.
_LETRAS = (
    "ÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑáàâãäéèêëíìîïóòôõöúùûüçñ",
    "AAAAAEEEEIIIIOOOOOUUUUCNaaaaaeeeeiiiiooooouuuucn",
)
_NOME_MOSTRADO = LTrim(Concat("nome_social", models.Value(" "), "nome_civil"))


class UsuarioManager(BaseUserManager["Usuario"]):
    def create_user(self, cpf: str, password: str | None = None, **campos: Any) -> "Usuario":
        """Create a person. Only the page that sets the password and the tests call this."""
        usuario = self.model(cpf=cpf, **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario


class Usuario(AbstractBaseUser, PermissionsMixin):
    """A natural person, known by the CPF. The account alone represents nobody (docs/dominio.md, Roles)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cpf = models.CharField("CPF", max_length=11, unique=True)
    nome_civil = models.CharField("nome civil", max_length=150)
    nome_social = models.CharField("nome social", max_length=150, blank=True)
    nome_busca = models.GeneratedField(
        expression=Lower(models.Func(_NOME_MOSTRADO, *map(models.Value, _LETRAS), function="translate")),
        output_field=models.CharField(max_length=301),
        db_persist=True,
    )
    email = models.EmailField("e-mail")
    telefone = models.CharField("telefone", max_length=20, blank=True)
    is_active = models.BooleanField("ativo", default=True)
    is_staff = models.BooleanField("equipe CAGEC", default=False)
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)

    objects = UsuarioManager()

    USERNAME_FIELD = "cpf"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nome_civil", "email"]

    class Meta:
        verbose_name = "usuário"
        ordering = ("nome_busca",)
        indexes: ClassVar = [
            models.Index(fields=["email"]),
            models.Index(fields=["nome_busca"], name="usuario_nome"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(cpf__regex=r"^[0-9]{11}$"),
                name="usuario_cpf_onze_digitos",
                violation_error_message="O CPF deve ter 11 dígitos.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        """Name to show: the nome social comes first (Decreto federal 8.727/2016)."""
        return self.nome_social or self.nome_civil

    def get_full_name(self) -> str:
        return self.nome

    def get_short_name(self) -> str:
        return self.nome.split(" ")[0]

    @property
    def nunca_entrou(self) -> bool:
        """Tell whether ``NUNCA_ENTROU`` holds for this person."""
        return self.last_login is None and not self.has_usable_password()

    @property
    def cpf_formatado(self) -> str:
        return formatar_cpf(self.cpf)

    @property
    def cpf_mascarado(self) -> str:
        return mascarar_cpf(self.cpf)


class ConviteQuerySet(models.QuerySet["Convite"]):
    def pendentes(self, agora: datetime) -> "ConviteQuerySet":
        """Invitations that can still be used at ``agora``."""
        return self.filter(usado_em=None, expira_em__gt=agora)


class Convite(models.Model):
    """A pending set-up of a password. Several may exist for one CPF, so nobody can squat one."""

    class Motivo(models.TextChoices):
        NOVO_USUARIO = "novo_usuario", "Novo usuário"
        REPRESENTANTE = "representante", "Representante legal"
        PARTICIPANTE = "participante", "Convidado para preencher"
        EQUIPE = "equipe", "Equipe CAGEC"
        RECUPERACAO = "recuperacao", "Recuperação de acesso"
        MIGRACAO = "migracao", "Vem do cadastro anterior"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    motivo = models.CharField("motivo", max_length=20, choices=Motivo)
    cpf = models.CharField("CPF", max_length=11)
    nome_civil = models.CharField("nome civil", max_length=150)
    nome_social = models.CharField("nome social", max_length=150, blank=True)
    email = models.EmailField("e-mail")
    telefone = models.CharField("telefone", max_length=20, blank=True)
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="convites"
    )
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    expira_em = models.DateTimeField("expira em")
    # Somebody began to fill in the page of a link: a program that follows links leaves no trace here.
    aberto_em = models.DateTimeField("página aberta em", null=True, blank=True)
    usado_em = models.DateTimeField("usado em", null=True, blank=True)

    objects = ConviteQuerySet.as_manager()

    class Meta:
        verbose_name = "convite"
        ordering = ("-criado_em",)
        indexes: ClassVar = [models.Index(fields=["cpf"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario"],
                condition=models.Q(motivo="migracao"),
                name="um_convite_de_migracao_por_pessoa",
                violation_error_message="Esta pessoa já foi convidada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_motivo_display()} – {mascarar_cpf(self.cpf)}"


class LinkDeConvite(models.Model):
    """The hash of one link that was mailed. The link itself exists only in the mail."""

    convite = models.ForeignKey(Convite, on_delete=models.CASCADE, related_name="links")
    resumo = models.CharField("SHA-256 do segredo", max_length=64, unique=True)
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "link de convite"

    def __str__(self) -> str:
        return f"link de {self.convite}"


class TrocaDeEmailQuerySet(models.QuerySet["TrocaDeEmail"]):
    def abertas(self) -> "TrocaDeEmailQuerySet":
        """Changes neither confirmed nor cancelled, those whose link is over included."""
        return self.filter(confirmada_em=None, cancelada_em=None)

    def cancelar(self, usuario: Usuario) -> None:
        """Call off what waits for the confirmation of the person, if anything does."""
        self.abertas().filter(usuario=usuario).update(cancelada_em=timezone.now())


class TrocaDeEmail(models.Model):
    """A change of address that waits for the click at the new one. The link itself exists only in the mail."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trocas_de_email"
    )
    antigo = models.EmailField("e-mail de antes")
    novo = models.EmailField("e-mail novo")
    resumo = models.CharField("SHA-256 do segredo", max_length=64, db_index=True, blank=True, editable=False)
    pedida_em = models.DateTimeField("pedida em", default=timezone.now, editable=False)
    expira_em = models.DateTimeField("expira em")
    confirmada_em = models.DateTimeField("confirmada em", null=True, blank=True)
    cancelada_em = models.DateTimeField("cancelada em", null=True, blank=True)

    objects = TrocaDeEmailQuerySet.as_manager()

    class Meta:
        verbose_name = "troca de e-mail"
        verbose_name_plural = "trocas de e-mail"
        ordering = ("-pedida_em",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario"],
                condition=models.Q(confirmada_em=None, cancelada_em=None),
                name="uma_troca_de_email_por_vez",
                violation_error_message="Já há uma troca de e-mail à espera de confirmação.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario}: {self.novo}"


class Termo(models.Model):
    """A published version of the term of use and privacy policy. Never edited after publication."""

    versao = models.PositiveIntegerField("versão", unique=True)
    titulo = models.CharField("título", max_length=150)
    texto = models.TextField("texto")
    vigente_de = models.DateField("vigente de")

    class Meta:
        verbose_name = "termo de uso"
        verbose_name_plural = "termos de uso"
        ordering = ("-versao",)

    def __str__(self) -> str:
        return f"{self.titulo} (versão {self.versao})"


class AceiteDeTermo(models.Model):
    """Evidence that a person accepted a version of the term (LGPD, art. 8º, § 2º)."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="aceites")
    termo = models.ForeignKey(Termo, on_delete=models.PROTECT, related_name="aceites")
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    ip = models.GenericIPAddressField("IP", null=True)
    navegador = models.CharField("navegador", max_length=300, blank=True)

    class Meta:
        verbose_name = "aceite de termo"
        verbose_name_plural = "aceites de termo"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario", "termo"],
                name="aceite_unico_por_termo",
                violation_error_message="Esta versão do termo já foi aceita.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} – {self.termo}"


class Sessao(AbstractBaseSession):
    """A session of the browser (``contas.sessoes`` writes it). Deleting the row ends it at the next request."""

    # Not unique: a changed key writes the new row before the old one goes.
    uuid = models.UUIDField(default=uuid4, db_index=True, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessoes"
    )
    aberta_em = models.DateTimeField("aberta em", default=timezone.now)
    vista_em = models.DateTimeField("vista em", default=timezone.now)
    ip = models.GenericIPAddressField("IP", null=True)
    navegador = models.CharField("navegador", max_length=300, blank=True)

    class Meta:
        verbose_name = "sessão"
        verbose_name_plural = "sessões"

    def __str__(self) -> str:
        return f"sessão de {self.usuario}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from contas.sessoes import SessionStore

        return SessionStore


class EventoDeSeguranca(models.Model):
    """Something that happened to the access of a person, who can read it. The portal's role only inserts.

    Without a person when a sign-in was tried with a CPF that has no account: the same work is done for both.
    """

    class Tipo(models.TextChoices):
        ENTROU = "entrou", "Entrada no portal"
        SENHA_ERRADA = "senha_errada", "Senha errada"
        CODIGO_ERRADO = "codigo_errado", "Código do segundo fator errado"
        BLOQUEADO = "bloqueado", "Entrada bloqueada por muitas tentativas"
        DESBLOQUEADO = "desbloqueado", "Entrada desbloqueada pelo link do e-mail"
        FATOR_ATIVADO = "fator_ativado", "Segundo fator ativado"
        FATOR_REMOVIDO = "fator_removido", "Segundo fator removido"
        CODIGOS_GERADOS = "codigos_gerados", "Códigos de recuperação gerados"
        CODIGO_USADO = "codigo_usado", "Código de recuperação usado"
        SENHA_DEFINIDA = "senha_definida", "Senha criada pelo link do e-mail"
        SENHA_ALTERADA = "senha_alterada", "Senha alterada"
        SESSOES_ENCERRADAS = "sessoes_encerradas", "Sessões encerradas"
        EMAIL_ALTERADO = "email_alterado", "E-mail alterado"

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="eventos_de_seguranca"
    )
    tipo = models.CharField("o que aconteceu", max_length=20, choices=Tipo)
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    ip = models.GenericIPAddressField("IP", null=True)
    navegador = models.CharField("navegador", max_length=300, blank=True)
    dados = models.JSONField("dados", default=dict)

    class Meta:
        verbose_name = "evento de segurança"
        verbose_name_plural = "eventos de segurança"
        ordering = ("-em", "-id")
        indexes: ClassVar = [
            models.Index(fields=["usuario", "-em", "-id"], name="evento_de_seguranca_da_pessoa")
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} – {self.usuario}"


class PedidoDoTitular(models.Model):
    """A person asks for the correction or the erasure of the own data (LGPD, art. 18, III, IV and VI)."""

    class Tipo(models.TextChoices):
        CORRECAO = "correcao", "Correção de dados"
        ELIMINACAO = "eliminacao", "Eliminação da conta e dos dados"

    class Estado(models.TextChoices):
        ABERTO = "aberto", "Em análise"
        ATENDIDO = "atendido", "Atendido"
        RECUSADO = "recusado", "Não atendido"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pedidos_do_titular"
    )
    tipo = models.CharField("pedido", max_length=10, choices=Tipo)
    texto = models.TextField("o que a pessoa pede", max_length=2000, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.ABERTO)
    resposta = models.TextField("resposta da equipe", max_length=2000, blank=True)
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decidido_em = models.DateTimeField("decidido em", null=True, blank=True)
    # An erasure that was granted is carried out by ``manage.py anonimizar``.
    executado_em = models.DateTimeField("executado em", null=True, blank=True)

    class Meta:
        verbose_name = "pedido do titular dos dados"
        verbose_name_plural = "pedidos dos titulares dos dados"
        ordering = ("criado_em",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario", "tipo"],
                condition=models.Q(estado="aberto"),
                name="um_pedido_aberto_por_tipo",
                violation_error_message="Você já tem um pedido deste tipo em análise.",
            ),
            models.CheckConstraint(
                condition=models.Q(estado="aberto") | models.Q(decidido_em__isnull=False),
                name="pedido_do_titular_decidido_tem_data",
                violation_error_message="Um pedido decidido precisa da data da decisão.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} – {self.usuario}"
