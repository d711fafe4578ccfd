"""The manual in the admin: every page, its text, preview, history, and the way back to the shipped text."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from atendimento import manual
from atendimento.manual import PUBLICOS
from atendimento.marcacao import LigacaoQuebradaError, html
from atendimento.models import VersaoDaPagina
from convenentes.admin.comum import SomenteLeitura, analista

_PUBLICAR, _DE_FABRICA = "publicar", "fabrica"  # any other button shows the page without publishing it


class PaginaForm(forms.Form):
    """A page as the team writes it, and the version it was written over."""

    sobre = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    titulo = forms.CharField(label="Título", max_length=150)
    resumo = forms.CharField(label="Resumo", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    texto = forms.CharField(
        label="Texto",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="Em Markdown: ## Título, **negrito**, “- ” antes de cada item, “1. ” antes de cada passo. "
        "Ligações: [texto](manual:caminho/da-pagina), [texto](tela:nome). "
        "Figuras: ![descrição](retrato:nome).",
    )

    def clean_texto(self) -> str:
        """Refuse links that lead nowhere. Raises ValidationError."""
        texto: str = self.cleaned_data["texto"]
        try:
            html(texto)
        except LigacaoQuebradaError as erro:
            raise forms.ValidationError(f"Esta ligação não leva a lugar nenhum: {erro}") from erro
        return texto


@admin.register(VersaoDaPagina)
class VersaoDaPaginaAdmin(SomenteLeitura[VersaoDaPagina]):
    list_select_related = ("autor",)

    def get_urls(self) -> list[URLPattern]:
        editar = self.admin_site.admin_view(self.editar)
        return [path("editar/<path:caminho>/", editar, name="editar_pagina"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the pages, not the versions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versoes = manual.ultimas_versoes()
        linhas = [
            (p, PUBLICOS[p.publico], _estado(versoes.get(p.caminho))) for p in manual.paginas().values()
        ]
        contexto = {**self.admin_site.each_context(request), "title": "Manual", "linhas": linhas}
        return render(request, "admin/atendimento/manual/paginas.html", contexto)

    def editar(self, request: HttpRequest, caminho: str) -> HttpResponse:
        """Show a page with its text to change; show what was written, publish it, or bring the shipped text back."""
        if not request.user.has_perm("atendimento.add_versaodapagina"):
            raise PermissionDenied
        if caminho not in manual.de_fabrica():
            raise Http404
        historico = list(VersaoDaPagina.objects.filter(caminho=caminho).select_related("autor"))
        acao = request.POST.get("acao", "") if request.method == "POST" else ""
        form = (
            PaginaForm(request.POST) if acao else PaginaForm(initial=_de_agora(request, caminho, historico))
        )
        valido = bool(acao) and form.is_valid()
        if acao == _DE_FABRICA or (valido and acao == _PUBLICAR):
            dados = form.cleaned_data if acao == _PUBLICAR else _fabrica(caminho, len(historico))
            if _publicar(request, caminho, dados):
                return redirect("admin:editar_pagina", caminho)
        contexto = {
            **self.admin_site.each_context(request),
            "title": manual.paginas()[caminho].titulo,
            "caminho": caminho,
            "form": form,
            "previa": html(form.cleaned_data["texto"]).corpo if valido else "",
            "historico": historico,
            "mudou": bool(historico) and manual.mudou_na_fabrica(historico[0]),
            "publicada": bool(historico) and bool(historico[0].texto),
            "fabrica": manual.de_fabrica()[caminho],
        }
        return render(request, "admin/atendimento/manual/editar.html", contexto)


def _estado(versao: VersaoDaPagina | None) -> str:
    if versao is None or not versao.texto:
        return "Texto de fábrica"
    if manual.mudou_na_fabrica(versao):
        return "Da equipe; o texto de fábrica mudou"
    return "Da equipe"


def _de_agora(request: HttpRequest, caminho: str, historico: list[VersaoDaPagina]) -> dict[str, Any]:
    """Return what the form starts with: the page of today, or the version that was asked for."""
    pedida = request.GET.get("versao")
    fonte = next((v for v in historico if v.texto and str(v.numero) == pedida), manual.paginas()[caminho])
    return {"sobre": len(historico), "titulo": fonte.titulo, "resumo": fonte.resumo, "texto": fonte.texto}


def _fabrica(caminho: str, sobre: int) -> dict[str, Any]:
    original = manual.de_fabrica()[caminho]
    return {"sobre": sobre, "titulo": original.titulo, "resumo": original.resumo, "texto": ""}


def _publicar(request: HttpRequest, caminho: str, dados: dict[str, Any]) -> bool:
    """Publish; False when somebody else did meanwhile, and what was typed stays on the page."""
    try:
        with transaction.atomic():
            manual.publicar(caminho, analista(request), **dados)
    except IntegrityError:
        messages.error(
            request, "Outra pessoa publicou esta página agora há pouco. Veja o histórico antes de publicar."
        )
        return False
    messages.success(request, "Página publicada." if dados["texto"] else "O texto de fábrica voltou.")
    return True
