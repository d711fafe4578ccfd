"""Records and certificates in the admin."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from cagec.admin import em_palavras
from cagec.tempo import hoje
from convenentes import situacao
from convenentes.admin import campanha, convites
from convenentes.admin.comum import SomenteLeitura
from convenentes.admin.consultas import consultas
from convenentes.admin.forms import EstadoForm
from convenentes.admin.mandatos import prazo
from convenentes.admin.vinculos import VinculoInline, historico
from convenentes.estado import mudar_estado
from convenentes.mandatos import sem_prazo
from convenentes.models import Certificado, Convenente, Dirigente, Municipio


class DirigenteInline(admin.TabularInline[Dirigente, Convenente]):
    model = Dirigente
    fields = ("nome", "cargo")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Convenente)
class ConvenenteAdmin(admin.ModelAdmin[Convenente]):
    form = EstadoForm
    inlines: ClassVar = [VinculoInline, DirigenteInline]
    list_display = ("razao_social", "cnpj_formatado", "numero", "tipo", "municipio", "estado")
    list_filter = ("estado", "tipo")
    search_fields = ("cnpj", "nome_busca", "numero")
    search_help_text = "CNPJ sem pontuação, nome sem acentos ou nº do cadastro"
    list_select_related = ("tipo", "municipio")
    show_full_result_count = False
    readonly_fields = (
        "resumo",
        "razao_social",
        "nome_fantasia",
        "cnpj_formatado",
        "numero",
        "natureza",
        "tipo",
        "municipio",
        "ente_controlador",
        "email",
        "telefone",
        "pessoas",
    )
    fieldsets = (
        (None, {"fields": ("resumo", "estado", "motivo")}),
        ("Dados", {"fields": readonly_fields[1:-1]}),
        ("Histórico das pessoas", {"fields": ("pessoas",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Convenente]:
        return super().get_queryset(request).exclude(numero=None)

    def get_urls(self) -> list[URLPattern]:
        consultar = self.admin_site.admin_view(self.consultar)
        marcar = self.admin_site.admin_view(self.marcar_prazo)
        sem_contato = self.admin_site.admin_view(campanha.sem_contato)
        a_telefonar = self.admin_site.admin_view(convites.a_telefonar)
        return [
            path("campanha/", self.admin_site.admin_view(self.campanha), name="campanha"),
            path("campanha/sem-contato.csv", sem_contato, name="campanha_sem_contato"),
            path("convites/", self.admin_site.admin_view(self.convites), name="convites_do_legado"),
            path("convites/a-telefonar.csv", a_telefonar, name="convites_a_telefonar"),
            path("<uuid:uuid>/consultas/", consultar, name="consultas"),
            path("<uuid:uuid>/prazo/", marcar, name="prazo_do_mandato"),
            *super().get_urls(),
        ]

    def campanha(self, request: HttpRequest) -> HttpResponse:
        """Who has changed the representante legal after an election, and mail to who has not."""
        return campanha.pagina(request, self.admin_site.each_context(request))

    def convites(self, request: HttpRequest) -> HttpResponse:
        """How far the persons of the legacy registry have come."""
        return convites.pagina(request, self.admin_site.each_context(request))

    def consultar(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Record look-ups in the external registers."""
        return consultas(request, uuid, self.admin_site.each_context(request))

    def marcar_prazo(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Set until when the papers of a post without term hold."""
        return prazo(request, uuid, self.admin_site.each_context(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Convenente | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Convenente, form: Form, change: bool) -> None:
        """Write the state alone: the rest of the row belongs to the journeys."""
        mudar_estado(obj)

    def construct_change_message(
        self, request: HttpRequest, form: Form, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """The history of the record keeps the reason that was typed."""
        assert isinstance(form, EstadoForm)
        estado = form.instance.get_estado_display()
        return [{"changed": {"fields": [f"estado: {estado}. Motivo: {form.cleaned_data['motivo']}"]}}]

    @admin.display(description="situação hoje")
    def resumo(self, convenente: Convenente) -> str:
        quadro = situacao.quadro(convenente, hoje())
        return format_html(
            '{} – <a href="{}">ver a página pública</a> · '
            '<a href="{}">registrar consultas aos cadastros externos</a>{}',
            "REGULAR" if quadro.regular else f"IRREGULAR ({len(quadro.irregulares)} itens a resolver)",
            reverse("convenente", args=[convenente.cnpj]),
            reverse("admin:consultas", args=[convenente.uuid]),
            self._link_do_prazo(convenente),
        )

    @admin.display(description="últimas mudanças")
    def pessoas(self, convenente: Convenente) -> str:
        return historico(convenente)

    def _link_do_prazo(self, convenente: Convenente) -> str:
        if sem_prazo(convenente, hoje()) is None:
            return ""
        endereco = reverse("admin:prazo_do_mandato", args=[convenente.uuid])
        return format_html(' · <a href="{}">mandato sem término: marcar prazo dos documentos</a>', endereco)


@admin.register(Certificado)
class CertificadoAdmin(SomenteLeitura[Certificado]):
    list_display = ("codigo", "convenente", em_palavras("regular", "regular"), "emitido_em")
    list_filter = ("regular",)
    search_fields = ("codigo", "convenente__cnpj", "convenente__nome_busca")
    date_hierarchy = "emitido_em"
    list_select_related = ("convenente",)
    fields = ("codigo", "convenente", "regular", "emitido_em")


@admin.register(Municipio)
class MunicipioAdmin(SomenteLeitura[Municipio]):
    list_display = ("nome", "uf", "codigo_ibge")
    list_filter = ("uf",)
    search_fields = ("nome_busca", "codigo_ibge")
