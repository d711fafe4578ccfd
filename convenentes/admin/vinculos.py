"""Who acts for a record, in the admin: links, their history, invitations, and the page that ends a link."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from cagec.tempo import hoje
from convenentes.admin.comum import SomenteLeitura, analista
from convenentes.forms.pessoas import MotivoForm
from convenentes.models import Convenente, ConviteDeVinculo, EventoVinculo, PapelVinculo, Vinculo
from convenentes.vinculacao import desvincular

_EVENTOS = 50


class _Leitura(admin.TabularInline[Any, Any]):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class _ComVigencia:
    @admin.display(description="vigência")
    def vigencia(self, vinculo: Vinculo) -> str:
        """The period in words, and the way to end it."""
        inicio, fim = vinculo.periodo.lower, vinculo.ultimo_dia
        if inicio is None:
            return "encerrado no dia em que começou"
        if fim is not None:
            return f"de {inicio:%d/%m/%Y} até {fim:%d/%m/%Y}"
        if vinculo.papel == PapelVinculo.REPRESENTANTE:
            return f"desde {inicio:%d/%m/%Y}"
        endereco = reverse("admin:encerrar_vinculo", args=[vinculo.uuid])
        return format_html('desde {} · <a href="{}">encerrar</a>', f"{inicio:%d/%m/%Y}", endereco)


class VinculoInline(_ComVigencia, _Leitura):
    model = Vinculo
    fields = ("usuario", "papel", "cargo", "vigencia", "mandato_ate")
    readonly_fields = fields


class EventoVinculoInline(_Leitura):
    model = EventoVinculo
    fields = ("em", "tipo", "por", "motivo")
    readonly_fields = fields


def historico(convenente: Convenente) -> str:
    """The last changes of who acts for the record, newest first."""
    eventos = EventoVinculo.objects.filter(vinculo__convenente=convenente).order_by("-em", "-id")
    return format_html_join(
        "",
        "{}: {} – {}, {}, por {}. {}<br>",
        (
            (
                f"{timezone.localtime(e.em):%d/%m/%Y %H:%M}",
                e.get_tipo_display(),
                e.vinculo.usuario.nome,
                e.vinculo.get_papel_display().lower(),
                e.por.nome if e.por else "Portal CAGEC",
                e.motivo,
            )
            for e in eventos.select_related("vinculo__usuario", "por")[:_EVENTOS]
        ),
    )


@admin.register(Vinculo)
class VinculoAdmin(_ComVigencia, SomenteLeitura[Vinculo]):
    list_display = ("usuario", "papel", "convenente", "vigencia", "mandato_ate")
    fields = ("usuario", "papel", "cargo", "convenente", "vigencia", "mandato_ate", "origem", "criado_em")
    readonly_fields = fields
    inlines: ClassVar = [EventoVinculoInline]
    list_filter = ("papel",)
    search_fields = (
        "usuario__nome_civil",
        "usuario__nome_busca",
        "usuario__cpf",
        "convenente__nome_busca",
        "convenente__cnpj",
    )
    list_select_related = ("usuario", "convenente")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.encerrar)
        return [path("<uuid:uuid>/encerrar/", view, name="encerrar_vinculo"), *super().get_urls()]

    def encerrar(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Ask why, then end the link of a responsável or usuário. That of a representante ends by a request."""
        if not analista(request).has_perm("convenentes.change_convenente"):
            raise PermissionDenied
        vigentes = Vinculo.objects.vigentes(hoje()).exclude(papel=PapelVinculo.REPRESENTANTE)
        vinculo = vigentes.filter(uuid=uuid).select_related("usuario", "convenente").first()
        if vinculo is None:
            raise Http404
        form = MotivoForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            desvincular(vinculo, analista(request), form.cleaned_data["motivo"])
            messages.success(request, f"Vínculo encerrado: {vinculo}. As pessoas do cadastro foram avisadas.")
            return redirect("admin:convenentes_convenente_change", vinculo.convenente_id)
        pagina = {"title": f"Encerrar vínculo – {vinculo}", "vinculo": vinculo, "form": form}
        return render(
            request,
            "admin/convenentes/vinculo/encerrar.html",
            {**self.admin_site.each_context(request), **pagina},
        )


@admin.register(ConviteDeVinculo)
class ConviteDeVinculoAdmin(SomenteLeitura[ConviteDeVinculo]):
    list_display = ("nome", "papel", "convenente", "email", "criado_em", "encerrado_em", "vinculo")
    list_filter = ("papel",)
    search_fields = ("cpf", "nome", "email", "convenente__nome_busca", "convenente__cnpj")
    list_select_related = ("convenente", "vinculo__usuario", "vinculo__convenente")
    fields = (
        "nome",
        "cpf",
        "email",
        "papel",
        "convenente",
        "criado_por",
        "criado_em",
        "encerrado_em",
        "vinculo",
    )
    readonly_fields = fields
