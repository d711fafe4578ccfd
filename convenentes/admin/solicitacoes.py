"""The queue of requests, and the desk where each one is decided."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from cagec.tempo import hoje
from convenentes.admin.comum import SomenteLeitura
from convenentes.admin.mesa import mesa
from convenentes.models import Solicitacao


class FilaFilter(admin.SimpleListFilter):
    """The state, with what waits for the team as the default."""

    title = "situação"
    parameter_name = "fila"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("minhas", "Em análise comigo"),
            ("livres", "Em análise sem analista"),
            (Solicitacao.Estado.COM_PENDENCIA, "Com pendência"),
            ("decididas", "Decididas"),
            ("todas", "Todas"),
        ]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Em análise",
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Solicitacao]) -> QuerySet[Solicitacao]:
        em_analise = queryset.filter(estado=Solicitacao.Estado.EM_ANALISE)
        escolhas = {
            "minhas": em_analise.filter(analista_id=request.user.pk),
            "livres": em_analise.filter(analista=None),
            Solicitacao.Estado.COM_PENDENCIA: queryset.filter(estado=Solicitacao.Estado.COM_PENDENCIA),
            "decididas": queryset.exclude(estado__in=Solicitacao.Estado.abertos()),
            "todas": queryset,
        }
        return escolhas.get(self.value() or "", em_analise)


class _FilaChangeList(ChangeList):
    def url_for_result(self, result: Any) -> str:
        return reverse("admin:mesa", args=[result.uuid])


@admin.register(Solicitacao)
class SolicitacaoAdmin(SomenteLeitura[Solicitacao]):
    list_display = (
        "protocolo",
        "tipo",
        "nome_do_convenente",
        "municipio",
        "enviada",
        "espera",
        "estado",
        "analista",
    )
    list_filter = (FilaFilter, "tipo", "tipo_convenente")
    search_fields = ("protocolo", "cnpj", "convenente__nome_busca")
    search_help_text = "Protocolo, CNPJ sem pontuação ou nome sem acentos"
    ordering = ("enviada_em",)
    list_select_related = ("convenente__municipio", "analista")
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Solicitacao]:
        """Only what was sent: drafts are nobody else's business."""
        return super().get_queryset(request).exclude(enviada_em=None)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list is the queue, and says so."""
        return super().changelist_view(request, {"title": "Fila de solicitações", **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _FilaChangeList

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<uuid:uuid>/mesa/", self.admin_site.admin_view(self.abrir_mesa), name="mesa"),
            *super().get_urls(),
        ]

    def abrir_mesa(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Document and decision side by side."""
        return mesa(request, uuid, self.admin_site.each_context(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The stock form gives way to the desk."""
        solicitacao = self.get_object(request, object_id)
        return redirect("admin:mesa", solicitacao.uuid) if solicitacao else redirect("admin:index")

    @admin.display(description="convenente", ordering="convenente__nome_busca")
    def nome_do_convenente(self, solicitacao: Solicitacao) -> str:
        return solicitacao.nome_do_convenente

    @admin.display(description="município")
    def municipio(self, solicitacao: Solicitacao) -> str:
        return str(solicitacao.convenente.municipio) if solicitacao.convenente else "–"

    @admin.display(description="enviada em", ordering="enviada_em")
    def enviada(self, solicitacao: Solicitacao) -> str:
        return (
            f"{timezone.localtime(solicitacao.enviada_em):%d/%m/%Y %H:%M}" if solicitacao.enviada_em else ""
        )

    @admin.display(description="espera")
    def espera(self, solicitacao: Solicitacao) -> str:
        if solicitacao.enviada_em is None or solicitacao.decidida_em is not None:
            return "–"
        dias = (hoje() - timezone.localdate(solicitacao.enviada_em)).days
        return f"{dias} dia" if dias == 1 else f"{dias} dias"
