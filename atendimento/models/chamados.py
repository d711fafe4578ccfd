"""Requests for help: what was asked, by whom, the thread of messages, and what was done with it."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

from contas.documentos_pessoais import formatar_cpf
from convenentes.models import Convenente
from documentos.models import Arquivo


class Categoria(models.TextChoices):
    """What a request is about (docs/dominio.md, Atendimento)."""

    ACESSO = "acesso", "Acesso e senha"
    REPRESENTANTE = "representante", "Representante legal"
    RESPONSAVEL = "responsavel", "Responsável pelas informações"
    INSCRICAO = "inscricao", "Inscrição"
    DADOS = "dados", "Atualização de dados"
    DOCUMENTOS = "documentos", "Atualização de documentos"
    ASSINATURA = "assinatura", "Assinatura"
    CERTIFICADO = "certificado", "Certificado (CRC) e situação"
    DIVERGENCIA = "divergencia", "Informação errada de outro órgão"
    EMAIL = "email", "E-mail ou nome"
    LGPD = "lgpd", "Meus dados pessoais (LGPD)"
    SUGESTAO = "sugestao", "Sugestão ou reclamação"
    OUTRO = "outro", "Outro assunto"


class ChamadoQuerySet(models.QuerySet["Chamado"]):
    def com_a_equipe(self) -> "ChamadoQuerySet":
        """Those that wait for the team."""
        return self.filter(estado__in=Chamado.COM_A_EQUIPE)

    def com_a_pessoa(self) -> "ChamadoQuerySet":
        """Those that wait for who asked."""
        return self.filter(estado__in=Chamado.COM_A_PESSOA)

    def atrasados(self, hoje: date) -> "ChamadoQuerySet":
        """Those that the team should have answered before ``hoje``."""
        return self.com_a_equipe().filter(prazo__lt=hoje)


class Chamado(models.Model):
    """One request for help. Who has no account, or cannot get into it, is known by an e-mail address only."""

    class Estado(models.TextChoices):
        ABERTO = "aberto", "Aberto"
        EM_ATENDIMENTO = "em_atendimento", "Em atendimento"
        AGUARDANDO_USUARIO = "aguardando_usuario", "Aguardando sua resposta"
        RESPONDIDO = "respondido", "Respondido"
        ENCERRADO = "encerrado", "Encerrado"
        REABERTO = "reaberto", "Reaberto"

    COM_A_EQUIPE: ClassVar = (Estado.ABERTO, Estado.EM_ATENDIMENTO, Estado.REABERTO)
    COM_A_PESSOA: ClassVar = (Estado.AGUARDANDO_USUARIO, Estado.RESPONDIDO)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    numero = models.PositiveBigIntegerField("nº", unique=True, editable=False)
    categoria = models.CharField("assunto geral", max_length=20, choices=Categoria)
    assunto = models.CharField("assunto", max_length=150)
    convenente = models.ForeignKey(
        Convenente, on_delete=models.PROTECT, null=True, blank=True, related_name="chamados"
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="chamados"
    )
    cpf = models.CharField("CPF informado", max_length=11, blank=True)
    nome = models.CharField("nome", max_length=150, blank=True)
    email = models.EmailField("e-mail")
    # Who writes was seen to read the mailbox of ``email``: the account says so, or an answer to what we mailed there.
    confirmado = models.BooleanField("remetente confirmado", default=False)
    contexto = models.JSONField("de onde pediu ajuda", default=dict, blank=True)
    estado = models.CharField("situação", max_length=20, choices=Estado, default=Estado.ABERTO)
    prazo = models.DateField("responder até", null=True, blank=True)
    atendente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    anterior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continuacoes"
    )
    juntado_a = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="juntados"
    )
    criado_em = models.DateTimeField("aberto em", default=timezone.now, editable=False)
    movido_em = models.DateTimeField("última mensagem", default=timezone.now, editable=False)
    respondido_em = models.DateTimeField("primeira resposta", null=True, blank=True)
    silencio_avisado_em = models.DateField("avisado de que será encerrado", null=True, blank=True)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    nota = models.PositiveSmallIntegerField("nota", null=True, blank=True)
    comentario = models.TextField("comentário da nota", blank=True)

    objects = ChamadoQuerySet.as_manager()

    class Meta:
        verbose_name = "chamado"
        ordering = ("-movido_em",)
        indexes: ClassVar = [
            models.Index(fields=["estado", "prazo"], name="chamado_na_fila"),
            models.Index(fields=["usuario", "-movido_em"], name="chamado_da_pessoa"),
            models.Index(Upper("email"), name="chamado_do_email"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(nota=None) | models.Q(nota__range=(1, 5)),
                name="chamado_nota_de_um_a_cinco",
                violation_error_message="A nota vai de 1 a 5.",
            ),
            models.CheckConstraint(
                condition=models.Q(estado="encerrado", encerrado_em__isnull=False, prazo=None)
                | ~models.Q(estado="encerrado") & models.Q(encerrado_em=None),
                name="chamado_encerrado_tem_data",
                violation_error_message="Um chamado encerrado precisa da data, e não tem prazo.",
            ),
        ]

    def __str__(self) -> str:
        return f"Chamado nº {self.numero}"

    @property
    def encerrado(self) -> bool:
        return self.estado == self.Estado.ENCERRADO

    @property
    def quem(self) -> str:
        """Name to show of who asked: that of the account, the one given, or the address."""
        return str(self.usuario or self.nome or self.email)

    @property
    def cpf_formatado(self) -> str:
        cpf = self.usuario.cpf if self.usuario else self.cpf
        return cpf and formatar_cpf(cpf)


class MensagemDoChamado(models.Model):
    """One message of a thread. ``autor`` is None for who is not signed in, and for the system."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    chamado = models.ForeignKey(Chamado, on_delete=models.PROTECT, related_name="mensagens")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    da_equipe = models.BooleanField("da equipe", default=False)
    interna = models.BooleanField("nota interna", default=False)
    texto = models.TextField("mensagem")
    # Of a message that came by mail: its sender and Message-ID, all it said, and what could not be taken of it.
    remetente = models.CharField("veio do e-mail", max_length=254, blank=True)
    identificacao = models.CharField("Message-ID", max_length=255, blank=True, editable=False)
    integra = models.TextField("e-mail inteiro", blank=True)
    recusados = models.TextField("arquivos recusados", blank=True)
    arquivos: "models.ManyToManyField[Arquivo, models.Model]" = models.ManyToManyField(
        Arquivo, related_name="mensagens_de_chamado", blank=True
    )
    em = models.DateTimeField("em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "mensagem do chamado"
        verbose_name_plural = "mensagens dos chamados"
        ordering = ("em", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(interna=False) | models.Q(da_equipe=True),
                name="nota_interna_e_da_equipe",
                violation_error_message="Só a equipe escreve notas internas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chamado}: {self.texto[:40]}"


class EventoDoChamado(models.Model):
    """What happened to a request, and who did it (None: the person without an account, or the system). Append-only."""

    chamado = models.ForeignKey(Chamado, on_delete=models.PROTECT, related_name="eventos")
    tipo = models.CharField("o que aconteceu", max_length=30)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    dados = models.JSONField("dados", default=dict)

    class Meta:
        verbose_name = "evento do chamado"
        verbose_name_plural = "eventos dos chamados"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"{self.chamado}: {self.tipo}"


class RespostaPronta(models.Model):
    """A text that the team answers with often. What is in braces is filled in for each request."""

    titulo = models.CharField("título", max_length=100, unique=True)
    categoria = models.CharField(
        "assunto geral", max_length=20, choices=Categoria, blank=True, help_text="Vazio: serve a todos."
    )
    texto = models.TextField(
        "texto",
        help_text="Use {nome}, {numero}, {organizacao} e {cnpj}: o portal os troca pelos dados do chamado.",
    )

    class Meta:
        verbose_name = "resposta pronta"
        verbose_name_plural = "respostas prontas"
        ordering = ("titulo",)

    def __str__(self) -> str:
        return self.titulo
