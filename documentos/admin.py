"""The catalogue, the documents and the identity requests at the team's desk."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from contas.models import Usuario
from documentos import declaracoes, identidade
from documentos.models import (
    Documento,
    ModeloDeclaracao,
    MotivoRecusa,
    NaturezaJuridica,
    PedidoDeIdentidade,
    TipoConvenente,
    TipoDocumento,
)


@admin.register(TipoDocumento)
class TipoDocumentoAdmin(admin.ModelAdmin[TipoDocumento]):
    list_display = ("nome", "codigo", "validade", "dias", "obtencao", "sigiloso")
    list_filter = ("validade", "obtencao", "sigiloso")
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}
    search_fields = ("nome", "codigo")

    def get_readonly_fields(self, request: HttpRequest, obj: TipoDocumento | None = None) -> tuple[str, ...]:
        """What a published line relies on stays: another validity is another kind of document."""
        usado = obj is not None and obj.alternativas.exclude(exigencia__vigente_de=None).exists()
        return ("codigo", "validade", "obtencao") if usado else ()


@admin.register(NaturezaJuridica)
class NaturezaJuridicaAdmin(admin.ModelAdmin[NaturezaJuridica]):
    list_display = ("codigo", "nome", "pode_inscrever")
    list_filter = ("pode_inscrever", "tipos")
    search_fields = ("codigo", "nome")
    filter_horizontal = ("tipos",)


@admin.register(TipoConvenente)
class TipoConvenenteAdmin(admin.ModelAdmin[TipoConvenente]):
    list_display = ("nome", "slug", "genero", "ordem")
    list_filter = ("genero",)


@admin.register(MotivoRecusa)
class MotivoRecusaAdmin(admin.ModelAdmin[MotivoRecusa]):
    list_display = ("texto", "codigo", "ordem")


class ModeloDeclaracaoForm(forms.ModelForm[ModeloDeclaracao]):
    """A text to publish."""

    class Meta:
        model = ModeloDeclaracao
        fields = ("tipo_documento", "versao", "titulo", "texto")

    def clean_texto(self) -> str:
        """Refuse now what would break the page of who signs. Raises ValidationError."""
        texto: str = self.cleaned_data["texto"]
        try:
            declaracoes.conferir_texto(texto)
        except declaracoes.TextoInvalido as erro:
            raise forms.ValidationError(str(erro)) from erro
        return texto


@admin.register(ModeloDeclaracao)
class ModeloDeclaracaoAdmin(admin.ModelAdmin[ModeloDeclaracao]):
    """A published text is never edited: a correction is a new version."""

    form = ModeloDeclaracaoForm
    list_display = ("titulo", "tipo_documento", "versao", "publicado_em")
    list_filter = ("tipo_documento",)

    def has_change_permission(self, request: HttpRequest, obj: ModeloDeclaracao | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ModeloDeclaracao | None = None) -> bool:
        return False


@admin.register(Documento)
class DocumentoAdmin(admin.ModelAdmin[Documento]):
    list_display = ("tipo", "criado_por", "criado_em", "valido_ate")
    list_filter = ("tipo",)
    date_hierarchy = "criado_em"
    list_select_related = ("tipo", "criado_por")
    fields = (
        "tipo",
        "arquivos_e_verificacoes",
        "emitido_em",
        "valido_ate",
        "ano_referencia",
        "criado_por",
        "criado_em",
    )
    readonly_fields = fields
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Documento | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Documento | None = None) -> bool:
        return False

    @admin.display(description="arquivos e verificações")
    def arquivos_e_verificacoes(self, documento: Documento) -> str:
        linhas = [
            (reverse("arquivo", args=[a.uuid]), a.nome, a.sha256, "; ".join(map(str, a.verificacoes.all())))
            for a in documento.arquivos.prefetch_related("verificacoes")
        ]
        return format_html_join("", '<p><a href="{}">{}</a><br>SHA-256 {}<br>{}</p>', linhas)


class DecisaoDeIdentidadeForm(forms.ModelForm[PedidoDeIdentidade]):
    """Accept or refuse; a refusal says why."""

    decisao = forms.ChoiceField(
        label="Decisão",
        choices=[("aceitar", "Aceitar: a conta passa para este e-mail"), ("recusar", "Recusar")],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha a decisão."},
    )
    resposta = forms.CharField(
        label="Motivo da recusa, para quem pediu",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = PedidoDeIdentidade
        fields = ("resposta",)

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("decisao") == "recusar" and not dados.get("resposta"):
            self.add_error("resposta", "Diga a quem pediu por que o pedido foi recusado.")
        return dados


@admin.register(PedidoDeIdentidade)
class PedidoDeIdentidadeAdmin(admin.ModelAdmin[PedidoDeIdentidade]):
    form = DecisaoDeIdentidadeForm
    list_display = ("nome", "cpf", "estado", "criado_em", "decidido_por")
    list_filter = ("estado",)
    search_fields = ("cpf", "nome", "email")
    readonly_fields = (
        "cpf",
        "nome",
        "conta_existente",
        "email",
        "telefone",
        "explicacao",
        "provas",
        "estado",
        "decidido_por",
        "decidido_em",
    )

    def get_fields(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> Any:
        """The form of an open request; who decided a closed one, when and why."""
        if self.has_change_permission(request, obj):
            return (*self.readonly_fields[:-2], "decisao", "resposta")
        return (*self.readonly_fields, "resposta")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A decision that cannot be taken changes nothing, and its author is told why."""
        pedido = self.get_object(request, object_id)
        try:
            if request.method == "POST" and pedido is not None:
                identidade.exigir_aberto(pedido)
            return super().change_view(request, object_id, form_url, extra_context)
        except identidade.NaoPodeDecidir as erro:
            messages.error(request, str(erro))
            return redirect(request.path)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> bool:
        decidido = obj is not None and obj.estado != PedidoDeIdentidade.Estado.ABERTO
        return not decidido and super().has_change_permission(request, obj)

    @admin.display(description="conta que existe com este CPF")
    def conta_existente(self, pedido: PedidoDeIdentidade) -> str:
        usuario = Usuario.objects.filter(cpf=pedido.cpf).first()
        return f"{usuario.nome_civil}, {usuario.email}" if usuario else "Nenhuma"

    @admin.display(description="documento e selfie")
    def provas(self, pedido: PedidoDeIdentidade) -> str:
        return format_html(
            '<a href="{0}">Baixar o documento</a> · <a href="{1}">Baixar a selfie</a><br>'
            '<img src="{2}" alt="Documento de identidade" width="360"> <img src="{3}" alt="Selfie" width="360">',
            reverse("arquivo", args=[pedido.documento.uuid]),
            reverse("arquivo", args=[pedido.selfie.uuid]),
            reverse("previa", args=[pedido.documento.uuid, 1]),
            reverse("previa", args=[pedido.selfie.uuid, 1]),
        )

    def save_model(
        self, request: HttpRequest, obj: PedidoDeIdentidade, form: DecisaoDeIdentidadeForm, change: bool
    ) -> None:
        """Decide through the journey, which mails the answer. Raises ``identidade.NaoPodeDecidir``."""
        assert isinstance(request.user, Usuario)
        if form.cleaned_data["decisao"] == "aceitar":
            identidade.aceitar(obj, request.user)
        else:
            identidade.recusar(obj, request.user, form.cleaned_data["resposta"])
