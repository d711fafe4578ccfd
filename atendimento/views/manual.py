"""The manual, for everybody to read. Pages of a visitor can be kept: an unchanged one answers 304."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_safe

from atendimento import manual
from atendimento.manual import PUBLICOS, Achado, Pagina
from atendimento.marcacao import html


def _sumario(paginas: Iterable[Pagina]) -> list[tuple[str, str, list[Pagina]]]:
    """Group the contents by audience: (code, name, pages)."""
    return [(codigo, PUBLICOS[codigo], list(p)) for codigo, p in groupby(paginas, key=lambda p: p.publico)]


@require_safe
@conditional_page
def indice(request: HttpRequest) -> HttpResponse:
    """Show the contents of the manual."""
    return render(request, "atendimento/manual/indice.html", {"sumario": _sumario(manual.paginas().values())})


@require_safe
@conditional_page
def pagina(request: HttpRequest, caminho: str) -> HttpResponse:
    """Show a page, or send a former address of it to the one of today."""
    if caminho in manual.enderecos_antigos():
        return redirect("manual_pagina", manual.enderecos_antigos()[caminho], permanent=True)
    paginas = manual.paginas()
    if caminho not in paginas:
        raise Http404
    esta, ordem = paginas[caminho], list(paginas.values())
    onde = ordem.index(esta)
    contexto: dict[str, Any] = {
        "esta": esta,
        "html": html(esta.texto),
        "sumario": _sumario(ordem),
        "anterior": ordem[onde - 1] if onde else None,
        "seguinte": ordem[onde + 1] if onde + 1 < len(ordem) else None,
    }
    return render(request, "atendimento/manual/pagina.html", contexto)


@require_safe
@conditional_page
def busca(request: HttpRequest) -> HttpResponse:
    """Show the pages that speak of what was asked."""
    pedido = request.GET.get("q", "").strip()[:200]
    achados = manual.procurar(pedido) if pedido else []
    return render(request, "atendimento/manual/busca.html", {"pedido": pedido, "achados": achados})


@require_safe
def sugestoes(request: HttpRequest) -> HttpResponse:
    """Return, as a piece of a page, the pages of the manual that may answer what is being written."""
    sugeridas = sugestoes_para(request.GET.get("q", ""))
    return render(request, "atendimento/_sugestoes.html", {"sugestoes": sugeridas, "sem_pagina": False})


def sugestoes_para(texto: str) -> list[Achado]:
    """Return at most three pages of the manual that speak of ``texto``."""
    return manual.procurar(texto, limite=3) if texto.strip() else []


@require_safe
@conditional_page
def perguntas(request: HttpRequest) -> HttpResponse:
    """List the questions that each page answers."""
    com_perguntas = [p for p in manual.paginas().values() if p.perguntas]
    return render(request, "atendimento/manual/perguntas.html", {"sumario": _sumario(com_perguntas)})


@require_safe
@conditional_page
def tudo(request: HttpRequest) -> HttpResponse:
    """Show every page, one after the other, to print."""
    grupos = [
        (nome, [(p, html(p.texto).corpo) for p in paginas])
        for _, nome, paginas in _sumario(manual.paginas().values())
    ]
    return render(request, "atendimento/manual/tudo.html", {"grupos": grupos})
