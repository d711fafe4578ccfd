"""The queue of requests for help, the canned answers, and the addresses of the desk's pages."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from atendimento.admin.atender import atender
from atendimento.admin.estatisticas import estatisticas
from atendimento.models import Chamado, RespostaPronta
from cagec.tempo import hoje
from convenentes.admin.comum import SomenteLeitura


class FilaFilter(admin.SimpleListFilter):
    """Whose turn it is, with what waits for the team as the default."""

    title = "fila"
    parameter_name = "fila"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("meus", "Comigo"),
            ("livres", "Sem atendente"),
            ("atrasados", "Atrasados"),
            ("pessoa", "Com a pessoa"),
            ("encerrados", "Encerrados"),
            ("todos", "Todos"),
        ]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Com a equipe",
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chamado]) -> QuerySet[Chamado]:
        com_a_equipe = queryset.filter(estado__in=Chamado.COM_A_EQUIPE)
        escolhas = {
            "meus": com_a_equipe.filter(atendente_id=request.user.pk),
            "livres": com_a_equipe.filter(atendente=None),
            "atrasados": com_a_equipe.filter(prazo__lt=hoje()),
            "pessoa": queryset.filter(estado__in=Chamado.COM_A_PESSOA),
            "encerrados": queryset.filter(estado=Chamado.Estado.ENCERRADO),
            "todos": queryset,
        }
        return escolhas.get(self.value() or "", com_a_equipe)


class _FilaChangeList(ChangeList):
    def url_for_result(self, result: Any) -> str:
        return reverse("admin:atender", args=[result.uuid])


@admin.register(Chamado)
class ChamadoAdmin(SomenteLeitura[Chamado]):
    list_display = (
        "numero",
        "assunto",
        "pessoa",
        "organizacao",
        "categoria",
        "responder_ate",
        "estado",
        "atendente",
    )
    list_display_links = ("numero", "assunto")
    list_filter = (FilaFilter, "categoria")
    search_fields = (
        "=numero",
        "assunto",
        "cpf",
        "email",
        "nome",
        "usuario__cpf",
        "usuario__nome_civil",
        "usuario__nome_busca",
        "convenente__cnpj",
        "convenente__nome_busca",
    )
    search_help_text = "Número, assunto, CPF, e-mail, nome da pessoa ou da organização"
    ordering = ("prazo", "movido_em")
    list_select_related = ("usuario", "convenente", "atendente")
    list_per_page = 50
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list is the queue, and says so."""
        return super().changelist_view(request, {"title": "Fila de chamados", **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _FilaChangeList

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<uuid:uuid>/atender/", self.admin_site.admin_view(self.abrir), name="atender"),
            path(
                "estatisticas/",
                self.admin_site.admin_view(self.contar),
                name="estatisticas_do_atendimento",
            ),
            *super().get_urls(),
        ]

    def abrir(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The thread, with the person and the organisation beside it."""
        return atender(request, uuid, self.admin_site.each_context(request))

    def contar(self, request: HttpRequest) -> HttpResponse:
        """How many requests of each kind, how long they took, how they were judged."""
        return estatisticas(request, self.admin_site.each_context(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The stock form gives way to the thread."""
        chamado = self.get_object(request, object_id)
        return redirect("admin:atender", chamado.uuid) if chamado else redirect("admin:index")

    @admin.display(description="de", ordering="usuario__nome_busca")
    def pessoa(self, chamado: Chamado) -> str:
        return chamado.quem if chamado.confirmado else f"{chamado.quem} (não confirmado)"

    @admin.display(description="organização", ordering="convenente__nome_busca")
    def organizacao(self, chamado: Chamado) -> str:
        return str(chamado.convenente or "–")

    @admin.display(description="responder até", ordering="prazo")
    def responder_ate(self, chamado: Chamado) -> str:
        if chamado.prazo is None:
            return "–"
        return f"{chamado.prazo:%d/%m/%Y}" + (" – atrasado" if chamado.prazo < hoje() else "")


@admin.register(RespostaPronta)
class RespostaProntaAdmin(admin.ModelAdmin[RespostaPronta]):
    list_display = ("titulo", "categoria")
    list_filter = ("categoria",)
    search_fields = ("titulo", "texto")
