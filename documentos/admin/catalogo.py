"""The catalogue and the documents at the team's desk."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import normalize_newlines

from cagec.admin import CAIXAS, em_palavras
from documentos import declaracoes
from documentos.models import (
    Documento,
    ModeloDeclaracao,
    MotivoRecusa,
    NaturezaJuridica,
    Obtencao,
    TipoConvenente,
    TipoDocumento,
)

_COMO_ESCREVER = (
    "Uma linha em branco separa os parágrafos. O portal põe os dados do caso onde estiver escrito "
    "{{ convenente.razao_social }}, {{ convenente.cnpj }}, {{ representante.nome }}, {{ representante.cpf }}, "
    "{{ representante.cargo }}, {{ municipio }}, {{ hoje }} ou {{ ano }}."
)


@admin.register(TipoDocumento)
class TipoDocumentoAdmin(admin.ModelAdmin[TipoDocumento]):
    list_display = ("nome", "codigo", "validade", "dias", "obtencao", em_palavras("sigiloso", "sigiloso"))
    list_filter = ("validade", "obtencao", "sigiloso")
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}
    search_fields = ("nome", "codigo")

    def get_readonly_fields(self, request: HttpRequest, obj: TipoDocumento | None = None) -> tuple[str, ...]:
        """What a published line relies on stays: another validity is another kind of document."""
        usado = obj is not None and obj.alternativas.exclude(exigencia__vigente_de=None).exists()
        return ("codigo", "validade", "obtencao") if usado else ()


@admin.register(NaturezaJuridica)
class NaturezaJuridicaAdmin(admin.ModelAdmin[NaturezaJuridica]):
    list_display = ("codigo", "nome", em_palavras("pode_inscrever", "pode se inscrever"))
    list_filter = ("pode_inscrever", "tipos")
    search_fields = ("codigo", "nome")
    formfield_overrides = CAIXAS


@admin.register(TipoConvenente)
class TipoConvenenteAdmin(admin.ModelAdmin[TipoConvenente]):
    list_display = ("nome", "slug", "genero", "ordem")
    list_filter = ("genero",)


@admin.register(MotivoRecusa)
class MotivoRecusaAdmin(admin.ModelAdmin[MotivoRecusa]):
    list_display = ("texto", "codigo", "ordem")


class ModeloDeclaracaoForm(forms.ModelForm[ModeloDeclaracao]):
    """A text to publish, of a kind that the system writes."""

    tipo_documento = forms.ModelChoiceField(
        TipoDocumento.objects.filter(obtencao__in=Obtencao.assinadas()), label="Tipo de documento"
    )

    class Meta:
        model = ModeloDeclaracao
        fields = ("tipo_documento", "titulo", "texto")
        help_texts: ClassVar = {"texto": _COMO_ESCREVER}

    def clean(self) -> dict[str, Any]:
        """Refuse what is published already, as on a second click. Raises ValidationError."""
        dados = super().clean() or {}
        atual = ModeloDeclaracao.objects.filter(tipo_documento=dados.get("tipo_documento")).first()
        if atual and (atual.titulo, atual.texto) == (dados.get("titulo"), dados.get("texto")):
            raise forms.ValidationError("Este já é o texto publicado.")
        return dados

    def clean_texto(self) -> str:
        """Refuse now what would break the page of who signs. Raises ValidationError."""
        texto: str = normalize_newlines(self.cleaned_data["texto"])  # a browser sends them as on Windows
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
    list_filter = (("tipo_documento", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("tipo_documento",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: ModeloDeclaracao | None = None
    ) -> tuple[str, ...]:
        return ("versao", "publicado_em") if obj else ()

    def save_model(self, request: HttpRequest, obj: ModeloDeclaracao, form: Any, change: bool) -> None:
        """Give it the number after the last of its kind, one at a time."""
        TipoDocumento.objects.select_for_update().get(pk=obj.tipo_documento_id)
        atual = ModeloDeclaracao.objects.filter(tipo_documento=obj.tipo_documento_id).first()
        obj.versao = atual.versao + 1 if atual else 1
        super().save_model(request, obj, form, change)

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
