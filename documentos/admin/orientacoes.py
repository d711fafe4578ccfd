"""The team writes guidance and puts models up for download."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from cagec.admin import CAIXAS, em_palavras
from contas.models import Usuario
from documentos.envio import ArquivoRecusado, Verificado, guardar_verificado, verificar
from documentos.models import Orientacao


class OrientacaoForm(forms.ModelForm[Orientacao]):
    """The text, and a new file in the place of the one there is."""

    enviado = forms.FileField(label="Modelo para baixar (PDF ou imagem)", required=False)
    sem_arquivo = forms.BooleanField(label="Tirar o arquivo atual", required=False)
    verificado: Verificado | None = None

    class Meta:
        model = Orientacao
        fields = ("titulo", "texto", "tipos", "documentos", "ordem", "publicada")

    def clean_enviado(self) -> UploadedFile | None:
        """Check the file like any other. Raises ValidationError."""
        enviado: UploadedFile | None = self.cleaned_data["enviado"]
        if enviado is not None:
            try:
                self.verificado = verificar(enviado)
            except ArquivoRecusado as erro:
                raise forms.ValidationError(erro.mensagens) from erro
        return enviado

    def clean(self) -> dict[str, Any]:
        """Refuse guidance that says nothing. Raises ValidationError."""
        dados = super().clean() or self.cleaned_data
        fica = self.instance.arquivo_id and not dados.get("sem_arquivo")
        if not dados.get("texto") and self.verificado is None and not fica and "enviado" not in self.errors:
            raise forms.ValidationError("Escreva o texto ou escolha o arquivo.")
        return dados


@admin.register(Orientacao)
class OrientacaoAdmin(admin.ModelAdmin[Orientacao]):
    form = OrientacaoForm
    list_display = (
        "titulo",
        "para",
        "tem_arquivo",
        "ordem",
        em_palavras("publicada", "publicada"),
        "atualizada_em",
    )
    list_filter = ("publicada", "tipos")
    search_fields = ("titulo", "texto")
    formfield_overrides = CAIXAS
    readonly_fields: ClassVar = ("arquivo_atual",)
    fields = (
        *("titulo", "texto", "arquivo_atual", "enviado", "sem_arquivo"),
        *("tipos", "documentos", "ordem", "publicada"),
    )

    def get_fields(self, request: HttpRequest, obj: Orientacao | None = None) -> Any:
        """What has no file has none to take away."""
        sem = () if obj and obj.arquivo_id else ("arquivo_atual", "sem_arquivo")
        return [campo for campo in self.fields if campo not in sem]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("arquivo").prefetch_related("tipos")

    @admin.display(description="para")
    def para(self, orientacao: Orientacao) -> str:
        return ", ".join(str(tipo) for tipo in orientacao.tipos.all()) or "todos os tipos"

    @admin.display(description="tem arquivo")
    def tem_arquivo(self, orientacao: Orientacao) -> str:
        return "Sim" if orientacao.arquivo_id else "Não"

    @admin.display(description="arquivo atual")
    def arquivo_atual(self, orientacao: Orientacao) -> str:
        if orientacao.arquivo is None:
            return "nenhum"
        endereco = reverse("orientacao_arquivo", args=[orientacao.uuid])
        return format_html('<a href="{}">{}</a>', endereco, orientacao.arquivo.nome)

    def save_model(self, request: HttpRequest, obj: Orientacao, form: Any, change: bool) -> None:
        """Keep the new file first: the older one stays in the storage, as everything that was published."""
        assert isinstance(request.user, Usuario)
        if form.verificado is not None:
            obj.arquivo = guardar_verificado(form.verificado, request.user)
        elif form.cleaned_data["sem_arquivo"]:
            obj.arquivo = None
        super().save_model(request, obj, form, change)
