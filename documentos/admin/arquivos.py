"""The files whose checks wait, ended badly, or wait for a person of the team."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join

from contas.models import Usuario
from documentos import exame
from documentos.models import Arquivo


class DemoraFilter(admin.SimpleListFilter):
    """Those that take longer than anybody should have to wait."""

    title = "demora"
    parameter_name = "demora"

    def lookups(self, request: HttpRequest, model_admin: "ArquivoAdmin") -> list[tuple[str, str]]:  # type: ignore[override]
        return [("sim", "Há mais de 15 minutos em verificação")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Arquivo]) -> QuerySet[Arquivo]:
        if self.value() == "sim":
            return queryset.filter(pk__in=Arquivo.objects.parados(timezone.now()).values("pk"))
        return queryset


@admin.register(Arquivo)
class ArquivoAdmin(admin.ModelAdmin[Arquivo]):
    """Nothing is edited; what the antivirus found strange is released or given back."""

    list_display = ("nome", "estado", "estado_desde", "tamanho", "tipo_midia", "enviado_por")
    list_filter = ("estado", DemoraFilter, "corrompido")
    list_select_related = ("enviado_por",)
    ordering = ("-pk",)
    fields = (
        "nome",
        "estado",
        "estado_desde",
        "criado_em",
        "tamanho",
        "sha256",
        "enviado_por",
        "ditos",
        "conferido_em",
        "corrompido",
        "apagado_em",
    )
    readonly_fields = fields
    show_full_result_count = False
    actions = ("liberar", "devolver")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Arquivo]:
        return super().get_queryset(request).filter(papel=Arquivo.Papel.ORIGINAL)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Arquivo | None = None) -> bool:
        return False

    @admin.display(description="verificações")
    def ditos(self, arquivo: Arquivo) -> str:
        linhas = ((v, v.detalhe, v.conselho) for v in arquivo.verificacoes.all())
        return format_html_join("", "<p>{} {} {}</p>", linhas)

    @admin.action(description="Liberar: o arquivo é inofensivo", permissions=["change"])
    def liberar(self, request: HttpRequest, queryset: QuerySet[Arquivo]) -> None:
        self._decidir(request, queryset, exame.liberar)

    @admin.action(description="Devolver a quem enviou", permissions=["change"])
    def devolver(self, request: HttpRequest, queryset: QuerySet[Arquivo]) -> None:
        self._decidir(request, queryset, exame.devolver)

    def _decidir(
        self,
        request: HttpRequest,
        queryset: QuerySet[Arquivo],
        decisao: Callable[[Arquivo, Usuario], None],
    ) -> None:
        assert isinstance(request.user, Usuario)
        for arquivo in queryset:
            try:
                decisao(arquivo, request.user)
            except exame.NaoEstaRetido as erro:
                messages.warning(request, f"{arquivo.nome}: {erro}")
            else:
                messages.success(request, f"{arquivo.nome}: feito.")
