"""The words of the catalogue: types of convenente, natures, kinds of document, reasons.

Loaded from ``documentos/dados`` by ``carregar_catalogo``; the team edits them in the admin. What each type is
asked for is in ``normas`` (docs/dominio.md, Catalogue).
"""

from typing import ClassVar

from django.db import models


class Genero(models.TextChoices):
    PUBLICO_MUNICIPAL = "publico_municipal", "Público municipal"
    PUBLICO_ESTADUAL = "publico_estadual", "Público estadual"
    PUBLICO_FEDERAL = "publico_federal", "Público federal"
    CONSORCIO = "consorcio", "Consórcio público"
    PUBLICO = "publico", "Público (outros Poderes e estatais)"
    PRIVADO_SEM_FINS = "privado_sem_fins", "Privado sem fins lucrativos"
    PRIVADO_MROSC = "privado_mrosc", "Privado (MROSC)"
    PRIVADO_PARAESTATAL = "privado_paraestatal", "Privado paraestatal"


class Grupo(models.IntegerChoices):
    """The seven groups of Decreto 47.132/2017, art. 25. Groups VI and VII never make irregular."""

    HABILITACAO = 1, "I – Habilitação jurídica"
    REPRESENTANTE = 2, "II – Credenciamento do representante legal"
    FISCAL = 3, "III – Regularidade fiscal e trabalhista"
    RESPONSABILIDADE = 4, "IV – Responsabilidade e transparência fiscal"
    ADIMPLENCIA = 5, "V – Uso de recursos públicos e adimplência com o Estado"
    SETORIAL = 6, "VI – Qualificação em política pública setorial"
    MROSC = 7, "VII – Itens específicos do MROSC"


class Validade(models.TextChoices):
    """How long an accepted document proves its obligation. The last day counts."""

    MANDATO = "MANDATO", "Até o fim do mandato do representante legal"
    IMPRESSA = "IMPRESSA", "Data impressa no documento"
    ANO = "ANO", "31/12 do ano de referência"
    FIXA = "FIXA", "Data informada a partir do ato"
    PERM = "PERM", "Permanente até mudar"
    VIVA = "VIVA", "Consulta permanente, sem vencimento"
    EMISSAO90_MANDATO = "EMISSAO90_MANDATO", "Emitido há no máximo 90 dias; vale até o fim do mandato"

    @classmethod
    def do_mandato(cls) -> set[str]:
        """The kinds whose proof ends with the mandate."""
        return {cls.MANDATO, cls.EMISSAO90_MANDATO}


class Obtencao(models.TextChoices):
    UPLOAD = "upload", "Enviado em arquivo"
    SELFIE = "selfie", "Autorretrato com documento"
    GERADO = "gerado", "Gerado pelo sistema e assinado"
    MODELO = "modelo", "Modelo preenchido pelo sistema e assinado"
    FORMULARIO = "formulario", "Formulário preenchido e assinado"
    FONTE = "fonte", "Consulta a cadastro externo"
    CALCULADA = "calculada", "Calculado pelo sistema"
    ANALISE = "analise", "Conferido pela equipe"

    @classmethod
    def assinadas(cls) -> set[str]:
        """The kinds that the system writes and the representante legal signs."""
        return {cls.GERADO, cls.MODELO, cls.FORMULARIO}

    @classmethod
    def anexadas(cls) -> set[str]:
        """The kinds that people attach as files."""
        return {cls.UPLOAD, cls.SELFIE}


class Pedido(models.TextChoices):
    DOCUMENTOS = "documentos", "Atualização de documentos"
    DADOS = "dados", "Atualização de dados"


class Escopo(models.TextChoices):
    REPRESENTANTE = "representante", "Representante legal"
    CONVENENTE = "convenente", "Convenente"
    MUNICIPIO = "municipio", "Município"
    ENTE_CONTROLADOR = "ente_controlador", "Ente controlador"
    FONTE = "fonte", "Cadastro externo"
    CALCULADA = "calculada", "Calculada"


class Condicao(models.TextChoices):
    SEMPRE = "sempre", "Sempre"
    SE_HOUVER = "se_houver", "Se houver"
    SE_DELEGADO = "se_delegado", "Se houver delegação"
    RPPS = "rpps", "Se tiver regime próprio de previdência"
    AREA_SAUDE = "area_saude", "Se atuar na saúde"
    AREA_ASSISTENCIA_SOCIAL = "area_assistencia_social", "Se atuar na assistência social"
    AREA_CRIANCA = "area_crianca", "Se atender crianças e adolescentes"
    OPCIONAL = "opcional", "Opcional"


class TipoConvenente(models.Model):
    """One of the 15 types of convenente (docs/dominio.md, Types)."""

    slug = models.SlugField("código", unique=True)
    nome = models.CharField("nome", max_length=120)
    genero = models.CharField("gênero", max_length=30, choices=Genero)
    ordem = models.PositiveSmallIntegerField("ordem", default=0)

    class Meta:
        verbose_name = "tipo de convenente"
        verbose_name_plural = "tipos de convenente"
        ordering = ("ordem",)

    def __str__(self) -> str:
        return self.nome


class NaturezaJuridica(models.Model):
    """Official CONCLA code; says which types it may choose, or why it may not sign."""

    codigo = models.CharField("código", max_length=4, unique=True)
    nome = models.CharField("nome", max_length=150)
    tipos = models.ManyToManyField(TipoConvenente, verbose_name="tipos", blank=True, related_name="naturezas")
    pode_inscrever = models.BooleanField("pode se inscrever", default=True)
    motivo = models.TextField("por que não pode", blank=True)
    saida = models.TextField("o que fazer", blank=True)

    class Meta:
        verbose_name = "natureza jurídica"
        verbose_name_plural = "naturezas jurídicas"
        ordering = ("codigo",)

    def __str__(self) -> str:
        return f"{self.codigo[:3]}-{self.codigo[3:]} – {self.nome}"


class TipoDocumento(models.Model):
    """A kind of document: how long it is valid, where it is issued, where its authenticity is checked."""

    codigo = models.SlugField("código", unique=True)
    nome = models.CharField("nome", max_length=200)
    validade = models.CharField("validade", max_length=20, choices=Validade)
    dias = models.PositiveSmallIntegerField("dias de validade usuais", null=True, blank=True)
    obtencao = models.CharField("como se obtém", max_length=12, choices=Obtencao)
    varios_arquivos = models.BooleanField("aceita vários arquivos", default=False)
    sigiloso = models.BooleanField("sigiloso", default=False)
    pessoal = models.BooleanField(
        "da pessoa",
        default=False,
        help_text="Fica na pasta da pessoa e, depois de aceito, serve a todas as organizações que ela representa.",
    )
    onde_emitir = models.URLField("onde emitir", blank=True)
    onde_conferir = models.URLField("onde conferir a autenticidade", blank=True)
    emissor = models.CharField("emissor", max_length=120, blank=True)
    orientacao = models.TextField("orientação", blank=True)

    class Meta:
        verbose_name = "tipo de documento"
        verbose_name_plural = "tipos de documento"
        ordering = ("nome",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pessoal=False) | models.Q(sigiloso=True),
                name="documento_da_pessoa_e_sigiloso",
                violation_error_message="Um documento da pessoa precisa ser sigiloso.",
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class MotivoRecusa(models.Model):
    """A reason the team may pick when it refuses an item."""

    codigo = models.SlugField("código", unique=True)
    texto = models.CharField("texto", max_length=200)
    ordem = models.PositiveSmallIntegerField("ordem", default=0)

    class Meta:
        verbose_name = "motivo de recusa"
        verbose_name_plural = "motivos de recusa"
        ordering = ("ordem",)

    def __str__(self) -> str:
        return self.texto
