"""External registers in the admin."""

from typing import ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from cagec.admin import em_palavras
from cagec.tempo import hoje
from convenentes.admin.cargas import carregar, declarar_indisponibilidade
from convenentes.admin.comum import SomenteLeitura, analista
from convenentes.fontes import indisponibilidade
from convenentes.models import CargaFonte, Fonte, IndisponibilidadeFonte, ResultadoFonte


@admin.register(Fonte)
class FonteAdmin(admin.ModelAdmin[Fonte]):
    list_display = ("nome", "orgao", "validade_dias", em_palavras("impedimento", "restrição é impedimento"))
    readonly_fields = ("codigo",)
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Fonte | None = None) -> bool:
        return False


@admin.register(CargaFonte)
class CargaFonteAdmin(SomenteLeitura[CargaFonte]):
    """Append-only: a file is loaded on its own page, by the command or from the drop folder."""

    change_list_template = "admin/convenentes/fonte/cargas.html"
    list_display = (
        "cadastro",
        "referencia",
        "linhas",
        "respostas",
        "com_restricao",
        "origem",
        "carregada_em",
    )
    list_filter = ("cadastro", "origem")
    date_hierarchy = "referencia"
    fields = (
        "cadastro",
        "referencia",
        "linhas",
        "ignoradas",
        "respostas",
        "com_restricao",
        "origem",
        "carregada_por",
        "carregada_em",
        "arquivo",
        "sha256",
    )
    readonly_fields = ("arquivo",)

    def get_urls(self) -> list[URLPattern]:
        pagina = self.admin_site.admin_view(self.carregar)
        return [path("carregar/", pagina, name="carregar_fonte"), *super().get_urls()]

    def carregar(self, request: HttpRequest) -> HttpResponse:
        """Check or load a file."""
        return carregar(request, self.admin_site.each_context(request))

    @admin.display(description="arquivo")
    def arquivo(self, carga: CargaFonte) -> str:
        endereco = reverse("arquivo", args=[carga.evidencia.uuid])
        return format_html('<a href="{}">{}</a>', endereco, carga.evidencia.nome)


@admin.register(IndisponibilidadeFonte)
class IndisponibilidadeFonteAdmin(SomenteLeitura[IndisponibilidadeFonte]):
    """Declared on its own page; ended here when the register is back."""

    change_list_template = "admin/convenentes/fonte/indisponibilidades.html"
    list_display = ("fonte", "de", "ate", "motivo", "declarada_por", "encerrada_por")
    list_filter = ("fonte",)
    list_select_related = ("fonte", "declarada_por", "encerrada_por")
    actions = ("encerrar",)
    fields = (
        "fonte",
        "de",
        "ate",
        "declarada_ate",
        "motivo",
        "declarada_por",
        "declarada_em",
        "encerrada_por",
        "encerrada_em",
    )

    def get_urls(self) -> list[URLPattern]:
        pagina = self.admin_site.admin_view(self.declarar)
        return [path("declarar/", pagina, name="declarar_indisponibilidade"), *super().get_urls()]

    def declarar(self, request: HttpRequest) -> HttpResponse:
        """Declare that registers are out."""
        return declarar_indisponibilidade(request, self.admin_site.each_context(request))

    def has_encerrar_permission(self, request: HttpRequest) -> bool:
        return analista(request).has_perm("convenentes.change_indisponibilidadefonte")

    @admin.action(description="Encerrar hoje: o cadastro voltou", permissions=["encerrar"])
    def encerrar(self, request: HttpRequest, escolhidas: QuerySet[IndisponibilidadeFonte]) -> None:
        for escolhida in escolhidas.select_related("fonte"):
            try:
                indisponibilidade.encerrar(escolhida, analista(request), hoje())
            except ValidationError as erro:
                self.message_user(request, f"{escolhida.fonte}: {erro.message}", messages.WARNING)
            else:
                self.message_user(request, f"{escolhida.fonte}: indisponibilidade encerrada hoje.")


@admin.register(ResultadoFonte)
class ResultadoFonteAdmin(SomenteLeitura[ResultadoFonte]):
    """Append-only: new look-ups come from a file, or are recorded on the page of the convenente."""

    list_display = ("convenente", "fonte", "resultado", "consultado_em", "carga", "registrado_por")
    list_filter = ("fonte", "resultado")
    search_fields = ("convenente__cnpj", "convenente__nome_busca")
    date_hierarchy = "consultado_em"
    list_select_related = ("convenente", "fonte", "registrado_por", "carga")
    show_full_result_count = False
    fields = (
        "convenente",
        "fonte",
        "resultado",
        "detalhe",
        "consultado_em",
        "vale_ate",
        "evidencia",
        "carga",
        "registrado_por",
        "registrado_em",
    )
