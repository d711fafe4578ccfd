"""External registers in the admin."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest

from convenentes.admin.comum import SomenteLeitura
from convenentes.models import Fonte, ResultadoFonte


@admin.register(Fonte)
class FonteAdmin(admin.ModelAdmin[Fonte]):
    list_display = ("nome", "orgao", "validade_dias", "impedimento")
    readonly_fields = ("codigo",)
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Fonte | None = None) -> bool:
        return False


@admin.register(ResultadoFonte)
class ResultadoFonteAdmin(SomenteLeitura[ResultadoFonte]):
    """Append-only: new look-ups are recorded on the page of the convenente."""

    list_display = ("convenente", "fonte", "resultado", "consultado_em", "registrado_por")
    list_filter = ("fonte", "resultado")
    search_fields = ("convenente__cnpj", "convenente__nome_busca")
    date_hierarchy = "consultado_em"
    list_select_related = ("convenente", "fonte", "registrado_por")
    fields = (
        "convenente",
        "fonte",
        "resultado",
        "detalhe",
        "consultado_em",
        "evidencia",
        "registrado_por",
        "registrado_em",
    )
