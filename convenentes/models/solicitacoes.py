"""Requests: drafts that people fill in together, sign, send, correct, and that the team decides."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from contas.models import Convite
from convenentes.cnpj import formatar_cnpj
from convenentes.models.convenente import Convenente
from convenentes.models.vinculos import PapelVinculo, Vinculo
from documentos.models import (
    Documento,
    Exigencia,
    MotivoRecusa,
    NaturezaJuridica,
    PastaDigital,
    TipoConvenente,
    TipoDocumento,
)


class SolicitacaoQuerySet(models.QuerySet["Solicitacao"]):
    def abertas(self) -> "SolicitacaoQuerySet":
        """Requests that somebody still has to act on."""
        return self.filter(estado__in=Solicitacao.Estado.abertos())


class Solicitacao(models.Model):
    """A request. The proposal stays here until the team approves it (docs/dominio.md, Flows)."""

    class Tipo(models.TextChoices):
        INSCRICAO = "inscricao", "Inscrição"
        ATUALIZACAO_DADOS = "atualizacao_dados", "Atualização de dados"
        ATUALIZACAO_DOCUMENTOS = "atualizacao_documentos", "Atualização de documentos"
        REPRESENTANTE_LEGAL = "representante_legal", "Alteração de representante legal"

    class Estado(models.TextChoices):
        RASCUNHO = "rascunho", "Rascunho"
        AGUARDANDO_ASSINATURA = "aguardando_assinatura", "Aguardando assinatura"
        EM_ANALISE = "em_analise", "Em análise"
        COM_PENDENCIA = "com_pendencia", "Com pendência"
        APROVADA = "aprovada", "Aprovada"
        APROVADA_PARCIALMENTE = "aprovada_parcialmente", "Aprovada parcialmente"
        INDEFERIDA = "indeferida", "Indeferida"
        CANCELADA = "cancelada", "Cancelada"
        EXPIRADA = "expirada", "Expirada"

        @classmethod
        def abertos(cls) -> list[str]:
            """States in which somebody still has to act."""
            return [cls.RASCUNHO, cls.AGUARDANDO_ASSINATURA, cls.EM_ANALISE, cls.COM_PENDENCIA]

        @classmethod
        def aprovadas(cls) -> list[str]:
            """States in which the record already has what was accepted."""
            return [cls.APROVADA, cls.APROVADA_PARCIALMENTE]

        @classmethod
        def decididos(cls) -> list[str]:
            """States in which the team, or the term to answer it, has put an end to the request."""
            return [*cls.aprovadas(), cls.INDEFERIDA, cls.EXPIRADA]

        @classmethod
        def editaveis(cls) -> list[str]:
            """States in which the applicants may still change something."""
            return [cls.RASCUNHO, cls.AGUARDANDO_ASSINATURA, cls.COM_PENDENCIA]

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    chave_envio = models.UUIDField(default=uuid4, unique=True, editable=False)
    tipo = models.CharField("tipo", max_length=25, choices=Tipo)
    estado = models.CharField("estado", max_length=25, choices=Estado, default=Estado.RASCUNHO)
    cnpj = models.CharField("CNPJ", max_length=14)
    convenente = models.ForeignKey(
        Convenente, on_delete=models.PROTECT, null=True, blank=True, related_name="solicitacoes"
    )
    natureza = models.ForeignKey(NaturezaJuridica, on_delete=models.PROTECT, null=True, blank=True)
    tipo_convenente = models.ForeignKey(TipoConvenente, on_delete=models.PROTECT, null=True, blank=True)
    proposta = models.JSONField("proposta", default=dict, blank=True)
    pasta = models.ForeignKey(PastaDigital, on_delete=models.PROTECT, related_name="solicitacoes")
    protocolo = models.CharField("protocolo", max_length=20, unique=True, null=True, blank=True)
    criada_por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)
    encaminhada_em = models.DateTimeField("encaminhada para assinatura em", null=True, blank=True)
    enviada_em = models.DateTimeField("enviada em", null=True, blank=True)
    pendencia_desde = models.DateTimeField("com pendência desde", null=True, blank=True)
    decidida_em = models.DateTimeField("decidida em", null=True, blank=True)
    analista = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SolicitacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitação"
        verbose_name_plural = "solicitações"
        ordering = ("-criada_em",)
        indexes: ClassVar = [
            models.Index(fields=["estado", "enviada_em"]),
            models.Index(fields=["cnpj"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["convenente", "tipo"],
                condition=models.Q(
                    estado__in=["rascunho", "aguardando_assinatura", "em_analise", "com_pendencia"]
                )
                & ~models.Q(tipo="representante_legal"),
                name="uma_solicitacao_aberta_por_tipo",
                violation_error_message="Já há uma solicitação deste tipo em andamento para este convenente.",
            ),
            # Anybody may draft one: a draft must not keep the others out.
            models.UniqueConstraint(
                fields=["convenente"],
                condition=models.Q(tipo="representante_legal", estado__in=["em_analise", "com_pendencia"]),
                name="uma_alteracao_de_representante_enviada",
                violation_error_message="Já há uma alteração de representante legal em andamento para este convenente.",
            ),
            models.CheckConstraint(
                condition=models.Q(estado__in=["rascunho", "aguardando_assinatura", "cancelada", "expirada"])
                | models.Q(protocolo__isnull=False, enviada_em__isnull=False, convenente__isnull=False),
                name="enviada_tem_protocolo_e_convenente",
                violation_error_message="Uma solicitação enviada precisa de protocolo e convenente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} – {self.nome_do_convenente}"

    @property
    def nome_do_convenente(self) -> str:
        """Name typed in the proposal, else the registered one, else the CNPJ."""
        proposto = str(self.proposta.get("dados", {}).get("razao_social", ""))
        if proposto:
            return proposto
        return self.convenente.razao_social if self.convenente else self.cnpj_formatado

    @property
    def cnpj_formatado(self) -> str:
        return formatar_cnpj(self.cnpj)

    @property
    def editavel(self) -> bool:
        return self.estado in self.Estado.editaveis()

    @property
    def atualiza(self) -> bool:
        """Whether it renews parts of an active record, in the name of who represents it."""
        return self.tipo in (self.Tipo.ATUALIZACAO_DADOS, self.Tipo.ATUALIZACAO_DOCUMENTOS)

    @property
    def altera_representante(self) -> bool:
        """Whether it asks for another representante legal, or for a new mandate of the same."""
        return self.tipo == self.Tipo.REPRESENTANTE_LEGAL


class ParticipanteQuerySet(models.QuerySet["Participante"]):
    def atuantes(self, hoje: date) -> "ParticipanteQuerySet":
        """Participations that give access on ``hoje``.

        After an inscription is approved, only the links do. Once a change of representante legal is decided, who
        prepared it needs a link too: its papers are those of the person named in it.
        """
        ligados = Vinculo.objects.vigentes(hoje).filter(
            usuario=models.OuterRef("usuario"), convenente=models.OuterRef("solicitacao__convenente")
        )
        preparou = models.Q(
            solicitacao__tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL,
            solicitacao__estado__in=Solicitacao.Estado.decididos(),
        ) & ~models.Q(papel=PapelVinculo.REPRESENTANTE)
        return self.exclude(
            solicitacao__tipo=Solicitacao.Tipo.INSCRICAO,
            solicitacao__estado__in=Solicitacao.Estado.aprovadas(),
        ).exclude(preparou & ~models.Exists(ligados))


class Participante(models.Model):
    """A person who works on a request, known by CPF even before having an account."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    solicitacao = models.ForeignKey(Solicitacao, on_delete=models.CASCADE, related_name="participantes")
    papel = models.CharField("papel", max_length=15, choices=PapelVinculo)
    cpf = models.CharField("CPF", max_length=11)
    nome = models.CharField("nome", max_length=150)
    email = models.EmailField("e-mail")
    cargo = models.CharField("cargo", max_length=120, blank=True)
    mandato_de = models.DateField("mandato desde", null=True, blank=True)
    mandato_ate = models.DateField("mandato até", null=True, blank=True)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participacoes",
    )
    convite = models.ForeignKey(Convite, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    criado_por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)

    objects = ParticipanteQuerySet.as_manager()

    class Meta:
        verbose_name = "participante"
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["solicitacao", "cpf", "papel"],
                name="participante_uma_vez_por_papel",
                violation_error_message="Esta pessoa já participa com este papel.",
            ),
            models.UniqueConstraint(
                fields=["solicitacao"],
                condition=models.Q(papel="representante"),
                name="um_representante_por_solicitacao",
                violation_error_message="A solicitação já tem representante legal.",
            ),
        ]

    @property
    def nome_a_mostrar(self) -> str:
        """The name as whoever named the person typed it; the account's own only after the request was signed.

        Otherwise anybody could learn the name that goes with a CPF.
        """
        return self.usuario.nome if self.usuario and self.solicitacao.protocolo else self.nome

    def __str__(self) -> str:
        return f"{self.nome} – {self.get_papel_display()}"


class MotivoDaAlteracao(models.TextChoices):
    """Why somebody comes to represent the organisation. The temporary ones end by themselves."""

    ELEICAO = "eleicao", "Eleição"
    REELEICAO = "reeleicao", "Reeleição ou recondução"
    NOMEACAO = "nomeacao", "Nomeação"
    SUBSTITUICAO = "substituicao", "Substituição temporária"
    DELEGACAO = "delegacao", "Delegação de poderes"

    @classmethod
    def temporarios(cls) -> list[str]:
        """Those after which the titular represents the organisation again."""
        return [cls.SUBSTITUICAO, cls.DELEGACAO]


class Secao(models.TextChoices):
    """Sections of the data form; each one is an item that the team accepts or refuses."""

    DADOS = "dados", "Dados da organização"
    ENDERECO = "endereco", "Endereço e contatos"
    REPRESENTANTE = "representante", "Representante legal e mandato"
    DIRIGENTES = "dirigentes", "Dirigentes"


class ItemSolicitacao(models.Model):
    """What the team accepts or refuses one by one: a section of data, or a document for an obligation."""

    class Estado(models.TextChoices):
        A_PREENCHER = "a_preencher", "A preencher"
        PREENCHIDO = "preenchido", "Preenchido"
        NAO_SE_APLICA = "nao_se_aplica", "Não se aplica"
        ACEITO = "aceito", "Aceito"
        RECUSADO = "recusado", "Recusado"

    class Parecer(models.TextChoices):
        ACEITO = "aceito", "Aceito"
        RECUSADO = "recusado", "Recusado"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    solicitacao = models.ForeignKey(Solicitacao, on_delete=models.CASCADE, related_name="itens")
    secao = models.CharField("seção", max_length=15, choices=Secao, blank=True)
    exigencia = models.ForeignKey(Exigencia, on_delete=models.PROTECT, null=True, blank=True)
    tipo_documento = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, null=True, blank=True)
    documento = models.ForeignKey(
        Documento, on_delete=models.PROTECT, null=True, blank=True, related_name="itens"
    )
    estado = models.CharField("estado", max_length=15, choices=Estado, default=Estado.A_PREENCHER)
    ordem = models.PositiveSmallIntegerField("ordem", default=0)
    parecer = models.CharField("parecer ainda não publicado", max_length=10, choices=Parecer, blank=True)
    motivo = models.ForeignKey(MotivoRecusa, on_delete=models.PROTECT, null=True, blank=True)
    texto = models.TextField("explicação", blank=True)

    class Meta:
        verbose_name = "item da solicitação"
        verbose_name_plural = "itens da solicitação"
        ordering = ("ordem", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["solicitacao", "exigencia"],
                condition=models.Q(exigencia__isnull=False),
                name="item_unico_por_exigencia",
                violation_error_message="Esta exigência já está na solicitação.",
            ),
            models.UniqueConstraint(
                fields=["solicitacao", "secao"],
                condition=~models.Q(secao=""),
                name="item_unico_por_secao",
                violation_error_message="Esta seção já está na solicitação.",
            ),
            models.CheckConstraint(
                condition=~models.Q(secao="") | models.Q(tipo_documento__isnull=False),
                name="item_e_secao_ou_documento",
                violation_error_message="O item deve ser uma seção de dados ou um documento.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        if self.secao:
            return self.get_secao_display()
        return str(self.exigencia or self.tipo_documento)


class Decisao(models.Model):
    """What was decided, on an item or on the whole request. Append-only. Without analista: by automatic analysis."""

    class Resultado(models.TextChoices):
        ACEITO = "aceito", "Aceito"
        RECUSADO = "recusado", "Recusado"
        DEVOLVIDA = "devolvida", "Devolvida com pendências"
        APROVADA = "aprovada", "Aprovada"
        APROVADA_PARCIALMENTE = "aprovada_parcialmente", "Aprovada parcialmente"
        INDEFERIDA = "indeferida", "Indeferida"

    solicitacao = models.ForeignKey(Solicitacao, on_delete=models.PROTECT, related_name="decisoes")
    item = models.ForeignKey(
        ItemSolicitacao, on_delete=models.PROTECT, null=True, blank=True, related_name="decisoes"
    )
    documento = models.ForeignKey(
        Documento, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resultado = models.CharField("resultado", max_length=25, choices=Resultado)
    motivo = models.ForeignKey(MotivoRecusa, on_delete=models.PROTECT, null=True, blank=True)
    texto = models.TextField("explicação", blank=True)
    analista = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    em = models.DateTimeField("em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "decisão"
        verbose_name_plural = "decisões"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"{self.get_resultado_display()} – {self.item or self.solicitacao}"

    @property
    def quem(self) -> str:
        """Who decided, in words."""
        return self.analista.nome if self.analista else "análise automática"


class EventoSolicitacao(models.Model):
    """The history of a request: every transition, who made it and when. Append-only."""

    solicitacao = models.ForeignKey(Solicitacao, on_delete=models.PROTECT, related_name="eventos")
    tipo = models.CharField("tipo", max_length=40)
    de = models.CharField("de", max_length=25, blank=True)
    para = models.CharField("para", max_length=25, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    dados = models.JSONField("dados", default=dict, blank=True)

    class Meta:
        verbose_name = "evento"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"{self.tipo} – {self.solicitacao}"
