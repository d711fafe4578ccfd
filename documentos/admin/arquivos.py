"""The files whose checks wait, ended badly, or wait for a person of the team."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from contas.limites import endereco_ip
from contas.models import Usuario
from documentos import exame, marca, previa, visualizacoes
from documentos.models import Arquivo
from documentos.verificacoes import paginas
from documentos.views.arquivos import proteger

_FINALIDADE = "conferência de arquivo retido"


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


class BytesFilter(admin.SimpleListFilter):
    """What the nightly comparison and the rules of keeping left (``documentos.retencao``)."""

    title = "bytes guardados"
    parameter_name = "bytes"

    def lookups(self, request: HttpRequest, model_admin: "ArquivoAdmin") -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("corrompidos", "Diferentes dos recebidos"),
            ("nunca", "Ainda não conferidos"),
            ("apagados", "Apagados pelo prazo de guarda"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Arquivo]) -> QuerySet[Arquivo]:
        guardados = queryset.filter(apagado_em=None)
        achados = {
            "corrompidos": guardados.filter(corrompido=True),
            "nunca": guardados.filter(conferido_em=None),
            "apagados": queryset.exclude(apagado_em=None),
        }
        return achados.get(self.value() or "", queryset)


@admin.register(Arquivo)
class ArquivoAdmin(admin.ModelAdmin[Arquivo]):
    """Nothing is edited; what the antivirus found strange is released or given back, in the list or on its page."""

    list_display = ("nome", "estado", "estado_desde", "quanto", "tipo_midia", "enviado_por")
    list_filter = ("estado", DemoraFilter, BytesFilter)
    sortable_by = ()  # the newest first; another order has no index
    list_select_related = ("enviado_por",)
    ordering = ("-pk",)
    fields = (
        "nome",
        "de_que_documento",
        "estado",
        "estado_desde",
        "criado_em",
        "quanto",
        "sha256",
        "enviado_por",
        "ditos",
        "paginas",
        "integridade",
    )
    readonly_fields = fields
    show_full_result_count = False
    actions = ("liberar", "devolver")
    change_form_template = "admin/documentos/arquivo/conferir.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Arquivo]:
        return super().get_queryset(request).filter(papel=Arquivo.Papel.ORIGINAL)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Arquivo | None = None) -> bool:
        return False

    @admin.display(description="documento")
    def de_que_documento(self, arquivo: Arquivo) -> str:
        """What it was sent as: who releases a file knows what it should look like."""
        return ", ".join(d.tipo.nome for d in arquivo.documentos.select_related("tipo")) or "–"

    @admin.display(description="tamanho")
    def quanto(self, arquivo: Arquivo) -> str:
        return filesizeformat(arquivo.tamanho)

    @admin.display(description="verificações")
    def ditos(self, arquivo: Arquivo) -> str:
        linhas = (
            (" – ".join(filter(None, (str(v), v.detalhe))), v.conselho) for v in arquivo.verificacoes.all()
        )
        return format_html_join("", "<p>{} {}</p>", linhas)

    @admin.display(description="bytes guardados")
    def integridade(self, arquivo: Arquivo) -> str:
        """What the nightly comparison said, and whether they were deleted by rule."""
        if arquivo.apagado_em:
            return f"Apagados em {timezone.localtime(arquivo.apagado_em):%d/%m/%Y}, pelo prazo de guarda."
        if arquivo.conferido_em is None:
            return "Ainda não comparados com os recebidos: isto é feito aos poucos, à noite."
        dito = "DIFERENTES dos recebidos" if arquivo.corrompido else "Iguais aos recebidos"
        return f"{dito}, em {timezone.localtime(arquivo.conferido_em):%d/%m/%Y %H:%M}."

    @admin.display(description="páginas, se está retido")
    def paginas(self, arquivo: Arquivo) -> str:
        """The file itself is given to nobody: its pages are drawn apart, and each look is noted."""
        enderecos = (
            (reverse("admin:pagina_retida", args=[arquivo.uuid, numero]), numero)
            for numero in previa.paginas_retidas(arquivo)
        )
        return format_html_join(" ", '<a href="{}">página {}</a>', enderecos) or "–"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.pagina_retida))
        return [
            path("<uuid:uuid>/retida/<int:numero>/", view, name="pagina_retida"),
            *super().get_urls(),
        ]

    def pagina_retida(self, request: HttpRequest, uuid: UUID, numero: int) -> HttpResponse:
        """A marked picture of a page of a held file, for who may release it. Raises PermissionDenied and Http404."""
        assert isinstance(request.user, Usuario)
        if not request.user.has_perm("documentos.change_arquivo"):
            raise PermissionDenied
        arquivo = self.get_queryset(request).filter(uuid=uuid).first()
        imagem = arquivo and previa.desenhar_retida(arquivo, numero, marca.linha(_FINALIDADE, hoje()))
        if arquivo is None or imagem is None:
            raise Http404
        visualizacoes.registrar(arquivo, request.user, endereco_ip(request), _FINALIDADE)
        resposta = HttpResponse(imagem, content_type=paginas.TIPO)
        proteger(resposta)
        return resposta

    def save_model(self, request: HttpRequest, obj: Arquivo, form: Any, change: bool) -> None:
        """Write nothing: the page has only what was decided about a held file, by its journey."""

    def response_change(self, request: HttpRequest, obj: Arquivo) -> HttpResponse:
        """Release or give back the file, and go on with what else is held."""
        decisao = exame.liberar if "liberar" in request.POST else exame.devolver
        if {"liberar", "devolver"} & set(request.POST):
            self._decidir(request, self.get_queryset(request).filter(pk=obj.pk), decisao)
        lista = reverse("admin:documentos_arquivo_changelist")
        return redirect(f"{lista}?estado__exact={Arquivo.Estado.RETIDO}")

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
