"""The loads of the registry before this one: their account, what to look at, and the differences to sign."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from convenentes.admin.comum import SomenteLeitura, analista, planilha
from convenentes.legado import relatorio
from convenentes.legado.aceite import aceitar_diferencas, conferir
from convenentes.models import ArquivoLegado, CargaLegado, LinhaLegado

POR_PAGINA = 50


@admin.register(CargaLegado)
class CargaLegadoAdmin(SomenteLeitura[CargaLegado]):
    change_form_template = "admin/convenentes/legado/carga.html"
    list_display = ("origem", "iniciada_em", "concluida_em", "quem", "aceita_em", "aceita_por")
    list_select_related = ("aceita_por",)
    fields = ("origem", "quem", "iniciada_em", "concluida_em", "sha256", "aceita_por", "aceita_em")

    def get_urls(self) -> list[URLPattern]:
        diferencas = self.admin_site.admin_view(self.diferencas)
        baixar = self.admin_site.admin_view(self.baixar)
        return [
            path("<uuid:uuid>/diferencas/", diferencas, name="diferencas_do_legado"),
            path("<uuid:uuid>/relatorio/<str:nome>", baixar, name="relatorio_do_legado"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        carga = context["original"]
        context |= {
            "carga": carga,
            "contas": relatorio.contas(carga),
            "estados": relatorio.conta_dos_arquivos(carga),
            "relatorios": (relatorio.PAGINA, *relatorio.TABELAS),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def diferencas(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """List who was regular and is not, for somebody to sign before the cut-over."""
        carga = self._carga(request, uuid)
        pode_aceitar = analista(request).has_perm("convenentes.change_cargalegado")
        if request.method == "POST":
            if not pode_aceitar:
                raise PermissionDenied
            try:
                aceitar_diferencas(carga, analista(request))
            except ValidationError as erro:
                messages.error(request, " ".join(erro.messages))
            else:
                messages.success(request, "As diferenças foram aceitas.")
            return redirect("admin:diferencas_do_legado", uuid)
        pagina = Paginator(relatorio.diferencas(carga, hoje()), POR_PAGINA).get_page(
            request.GET.get("pagina")
        )
        contexto = {
            **self.admin_site.each_context(request),
            "title": "Eram regulares e ficam irregulares",
            "carga": carga,
            "pagina": pagina,
            "diferencas": [(guardada, relatorio.o_que_falta(guardada)) for guardada in pagina],
            "pode_aceitar": pode_aceitar and carga.concluida_em and not carga.aceita_em,
        }
        return render(request, "admin/convenentes/legado/diferencas.html", contexto)

    @method_decorator(require_safe)
    def baixar(self, request: HttpRequest, uuid: UUID, nome: str) -> HttpResponseBase:
        """Download the page or a table of the report, as it reads today."""
        carga = self._carga(request, uuid)
        if nome in relatorio.TABELAS:
            return planilha(nome, relatorio.TABELAS[nome](carga, hoje()))
        if nome != relatorio.PAGINA:
            raise Http404
        resposta = HttpResponse(relatorio.em_html(carga, hoje(), gravada=True))
        resposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        return resposta

    def _carga(self, request: HttpRequest, uuid: UUID) -> CargaLegado:
        if not analista(request).has_perm("convenentes.view_cargalegado"):
            raise PermissionDenied
        carga = CargaLegado.objects.select_related("aceita_por").filter(uuid=uuid).first()
        if carga is None:
            raise Http404
        return carga


class AVerFilter(admin.SimpleListFilter):
    title, parameter_name = "o que ver", "ver"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("conferir", "Com algo a conferir"), ("mudou", "Com valor mudado")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LinhaLegado]) -> QuerySet[LinhaLegado]:
        if self.value() == "conferir":
            return queryset.exclude(avisos=[])
        return queryset.exclude(mudancas={}) if self.value() == "mudou" else queryset


@admin.register(LinhaLegado)
class LinhaLegadoAdmin(SomenteLeitura[LinhaLegado]):
    """The rows that did not simply enter, each with its reason, before and after."""

    list_display = ("arquivo", "linha", "chave", "resultado", "motivo", "a_conferir", "antes_e_depois")
    list_filter = (AVerFilter, "resultado", "arquivo", "carga")
    list_per_page = POR_PAGINA
    show_full_result_count = False
    fields = ("carga", *list_display, "dados")
    readonly_fields = ("a_conferir", "antes_e_depois")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LinhaLegado]:
        return LinhaLegado.objects.a_ver()

    @admin.display(description="a conferir")
    def a_conferir(self, linha: LinhaLegado) -> str:
        return "; ".join(linha.avisos)

    @admin.display(description="antes e depois")
    def antes_e_depois(self, linha: LinhaLegado) -> str:
        return relatorio.antes_e_depois(linha)


class ConferenciaFilter(admin.SimpleListFilter):
    title, parameter_name = "conferência", "conferencia"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("falta", "Ainda sem conferir"), ("feita", "Já conferidos")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ArquivoLegado]) -> QuerySet[ArquivoLegado]:
        if self.value() is None:
            return queryset
        return queryset.filter(conferido_em__isnull=self.value() == "falta")


@admin.register(ArquivoLegado)
class ArquivoLegadoAdmin(SomenteLeitura[ArquivoLegado]):
    """The files that somebody should look at. Their documents stay accepted."""

    list_display = ("arquivo_da_pasta", "organizacao", "estado", "motivo", "conferido_por", "conferido_em")
    list_display_links = None  # the name leads to the file itself
    list_filter = ("estado", ConferenciaFilter, "carga")
    list_select_related = ("arquivo", "conferido_por")
    list_per_page = POR_PAGINA
    show_full_result_count = False
    fields = ("carga", *list_display)
    readonly_fields = ("arquivo_da_pasta", "organizacao")
    actions = ("marcar",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArquivoLegado]:
        a_conferir = ArquivoLegado.objects.a_conferir()
        return a_conferir.prefetch_related("documento__comprovacoes__convenente")

    @admin.display(description="arquivo")
    def arquivo_da_pasta(self, item: ArquivoLegado) -> str:
        if item.arquivo is None:
            return item.nome
        return format_html('<a href="{}">{}</a>', reverse("arquivo", args=[item.arquivo.uuid]), item.nome)

    @admin.display(description="organização")
    def organizacao(self, item: ArquivoLegado) -> str:
        provas = item.documento.comprovacoes.all() if item.documento else []
        return next((str(prova.convenente) for prova in provas), "–")

    def has_marcar_permission(self, request: HttpRequest) -> bool:
        """Tell whether the person may say that a file was looked at."""
        return analista(request).has_perm("convenentes.change_arquivolegado")

    @admin.action(description="Marcar como conferidos", permissions=["marcar"])
    def marcar(self, request: HttpRequest, arquivos: Any) -> None:
        quantos = conferir(arquivos, analista(request))
        messages.success(request, f"{quantos} arquivo(s) marcado(s) como conferido(s).")
