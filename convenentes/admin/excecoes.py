"""Exigências afastadas in the admin: recorded once, ended before their time, never edited."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from cagec.campos import DataField
from cagec.tempo import hoje
from convenentes.admin.comum import SomenteLeitura, analista
from convenentes.excecoes import afastar, encerrar, preparar
from convenentes.forms.campos import CNPJField
from convenentes.models import Convenente, Excecao
from documentos.models import Exigencia


class ExcecaoForm(forms.ModelForm[Excecao]):
    """Which line of which record, by which law, from when to when."""

    cnpj = CNPJField(label="CNPJ do convenente")
    exigencia = forms.ModelChoiceField(label="Exigência", queryset=Exigencia.objects.none())
    de = DataField(label="De", help_text="Hoje ou um dia futuro.")
    ate = DataField(label="Até", required=False, help_text="Inclusive. Em branco: sem data para terminar.")

    class Meta:
        model = Excecao
        fields = ("lei", "motivo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["exigencia"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = Exigencia.objects.em_vigor(hoje())

    def clean_cnpj(self) -> str:
        """Raise ValidationError for a CNPJ that has no record."""
        convenente = Convenente.objects.publicos().filter(cnpj=self.cleaned_data["cnpj"]).first()
        if convenente is None:
            raise forms.ValidationError("Nenhum cadastro tem este CNPJ. Confira e digite de novo.")
        self.convenente = convenente
        return convenente.cnpj

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if not self.errors:
            campos = {nome: dados[nome] for nome in ("exigencia", "lei", "motivo", "de", "ate")}
            try:
                self.preparada = preparar(self.convenente, **campos, hoje=hoje())
            except ValidationError as erro:
                self.add_error(None, erro)
        return dados


@admin.register(Excecao)
class ExcecaoAdmin(SomenteLeitura[Excecao]):
    list_display = ("convenente", "codigo", "lei", "periodo", "registrada_por")
    search_fields = ("convenente__cnpj", "convenente__nome_busca", "codigo", "lei")
    list_select_related = ("convenente", "registrada_por")
    actions = ("encerrar_hoje",)
    leitura = ("convenente", "codigo", "lei", "motivo", "periodo", "registrada_por", "registrada_em")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("convenentes.add_excecao"))

    def has_encerrar_permission(self, request: HttpRequest) -> bool:
        """Whoever may record an exception may end it."""
        return self.has_add_permission(request)

    def get_fields(self, request: HttpRequest, obj: Excecao | None = None) -> Any:
        return ("cnpj", "exigencia", "lei", "motivo", "de", "ate") if obj is None else self.leitura

    def get_form(
        self, request: HttpRequest, obj: Excecao | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return ExcecaoForm if obj is None else super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Excecao, form: Any, change: bool) -> None:
        """Record it by its journey, which writes the situation too."""
        obj.pk = afastar(form.preparada, analista(request), hoje()).pk

    @admin.action(description="Encerrar: hoje é o último dia", permissions=["encerrar"])
    def encerrar_hoje(self, request: HttpRequest, queryset: QuerySet[Excecao]) -> None:
        for excecao in queryset:
            try:
                encerrar(excecao, hoje())
            except ValidationError as erro:
                self.message_user(request, f"{excecao}: {' '.join(erro.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{excecao}: termina hoje.")
