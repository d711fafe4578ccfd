"""Norms: the team drafts a version of the catalogue, sees what it would do, and publishes it."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from cagec.admin import CAIXAS, em_palavras
from cagec.tempo import hoje
from convenentes.admin.comum import analista
from convenentes.efeito import prever, publicar
from documentos.models import Alternativa, Exigencia, Norma
from documentos.normas import NaoPublicavel, alterar


class AlternativaInline(admin.StackedInline[Alternativa, Exigencia]):
    """One under the other: the cells of the admin's table have no labels of their own."""

    model = Alternativa
    extra = 1  # without JavaScript it is the only way to add one


@admin.register(Exigencia)
class ExigenciaAdmin(admin.ModelAdmin[Exigencia]):
    """Only a draft changes. A published line is copied into a draft and changed there."""

    list_display = (
        "nome",
        "codigo",
        "grupo",
        em_palavras("causa_irregularidade", "causa irregularidade"),
        "norma",
        "vigente_de",
        "vigente_ate",
        em_palavras("conferir", "conferir com a norma vigente"),
    )
    list_filter = ("norma", "grupo", "tipos", "causa_irregularidade", "conferir")
    search_fields = ("nome", "codigo")
    formfield_overrides = CAIXAS
    inlines: ClassVar = [AlternativaInline]
    actions = ("levar_para_o_rascunho",)
    list_select_related = ("norma",)

    def has_change_permission(self, request: HttpRequest, obj: Exigencia | None = None) -> bool:
        publicada = obj is not None and obj.vigente_de is not None
        return not publicada and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Exigencia | None = None) -> bool:
        publicada = obj is not None and obj.vigente_de is not None
        return not publicada and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting many at once would stop at the first published one."""
        acoes = super().get_actions(request)
        acoes.pop("delete_selected", None)
        return acoes

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """A new line enters a draft."""
        if db_field.name == "norma":
            kwargs["queryset"] = Norma.objects.filter(publicada_em=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.action(description="Alterar na norma em rascunho", permissions=["change"])
    def levar_para_o_rascunho(self, request: HttpRequest, queryset: QuerySet[Exigencia]) -> None:
        rascunhos = list(Norma.objects.filter(publicada_em=None)[:2])
        if len(rascunhos) != 1:
            self.message_user(
                request,
                "Deixe exatamente uma norma em rascunho: é nela que as exigências escolhidas serão alteradas.",
                messages.ERROR,
            )
            return
        for exigencia in queryset.exclude(vigente_de=None):
            alterar(rascunhos[0], exigencia)
        self.message_user(request, f"As exigências escolhidas estão em “{rascunhos[0]}”. Altere-as lá.")


@admin.register(Norma)
class NormaAdmin(admin.ModelAdmin[Norma]):
    list_display = ("nome", "vigente_de", "estado", em_palavras("conferir", "conferir com a norma vigente"))
    fields = ("slug", "nome", "vigente_de", "revoga", "conferir", "observacao", "exigencias_da_norma")
    readonly_fields = ("exigencias_da_norma",)
    formfield_overrides = CAIXAS
    prepopulated_fields: ClassVar = {"slug": ("nome",)}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """Only what is in force, or will be, can end."""
        kwargs["queryset"] = Exigencia.objects.exclude(vigente_de=None).filter(vigente_ate=None)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Norma | None = None) -> Any:
        return {} if obj is not None else self.prepopulated_fields

    def get_urls(self) -> list[URLPattern]:
        efeito = self.admin_site.admin_view(self.efeito)
        return [path("<int:pk>/efeito/", efeito, name="norma_efeito"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Norma | None = None) -> bool:
        return (obj is None or obj.rascunho) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Norma | None = None) -> bool:
        return (obj is None or obj.rascunho) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting many at once would stop at the first published one."""
        acoes = super().get_actions(request)
        acoes.pop("delete_selected", None)
        return acoes

    def efeito(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show who would become irregular, by type, and publish."""
        norma = get_object_or_404(Norma, pk=pk)
        if not self.has_view_permission(request, norma):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, norma):
                raise PermissionDenied
            return self._publicar(request, norma)
        return render(
            request,
            "admin/documentos/norma/efeito.html",
            {
                **self.admin_site.each_context(request),
                "title": f"Efeito de {norma}",
                "norma": norma,
                "efeitos": prever(norma, hoje()) if norma.rascunho else [],
                "pode_publicar": self.has_change_permission(request, norma),
            },
        )

    def _publicar(self, request: HttpRequest, norma: Norma) -> HttpResponse:
        try:
            publicar(norma, analista(request), hoje())
        except NaoPublicavel as erro:
            for problema in erro.problemas:
                messages.error(request, problema)
            return redirect("admin:norma_efeito", norma.pk)
        messages.success(request, f"{norma} foi publicada e vale a partir de {norma.vigente_de:%d/%m/%Y}.")
        return redirect("admin:documentos_norma_changelist")

    @admin.display(description="situação")
    def estado(self, norma: Norma) -> str:
        if not norma.rascunho:
            return "Publicada"
        return format_html(
            '<a href="{}">Rascunho: ver o efeito</a>', reverse("admin:norma_efeito", args=[norma.pk])
        )

    @admin.display(description="exigências que traz")
    def exigencias_da_norma(self, norma: Norma) -> str:
        if norma._state.adding:
            return "Salve a norma; depois, em Exigências, escolha as que mudam ou inclua novas."
        return format_html(
            '{} exigência(s). <a href="{}?norma__id__exact={}">Ver a lista</a> · '
            '<a href="{}">Ver o efeito e publicar</a>',
            norma.exigencias.count(),
            reverse("admin:documentos_exigencia_changelist"),
            norma.pk,
            reverse("admin:norma_efeito", args=[norma.pk]),
        )
