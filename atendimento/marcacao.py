"""Markdown of the manual to safe HTML.

Links name what they lead to: ``manual:path`` another page, ``tela:route`` a page of the portal. Other links stay
as they are. A picture is ``retrato:name``, a file of ``static/manual/`` that a browser test took (``make manual``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import nh3
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

_LEITOR = MarkdownIt("commonmark", {"html": False}).enable("table")
_ETIQUETAS = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "code", "blockquote", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "hr", "img"),
}
_ATRIBUTOS = {"h2": {"id"}, "h3": {"id"}, "ol": {"start"}, "a": {"href"}}
_ATRIBUTOS["img"] = {"src", "alt", "width", "height"}


class LigacaoQuebradaError(ValueError):
    """A link or picture of a page leads nowhere. Its text is the link."""


@dataclass(frozen=True)
class Html:
    """A page ready to show; ``secoes`` are (anchor, text) of its second-level headings."""

    corpo: SafeString
    secoes: tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def html(texto: str) -> Html:
    """Return Markdown as safe HTML. Raises LigacaoQuebradaError."""
    simbolos = _LEITOR.parse(texto)
    secoes = list(_marcar_titulos(simbolos))
    for simbolo in _todos(simbolos):
        if simbolo.type == "link_open":
            simbolo.attrSet("href", _endereco(str(simbolo.attrGet("href"))))
        elif simbolo.type == "image":
            _retratar(simbolo)
    corpo = _LEITOR.renderer.render(simbolos, _LEITOR.options, {})
    limpo = nh3.clean(corpo, tags=_ETIQUETAS, attributes=_ATRIBUTOS, link_rel=None)
    return Html(mark_safe(limpo), tuple(secoes))  # noqa: S308  nh3 has just cleaned it


@lru_cache(maxsize=256)
def so_texto(texto: str) -> str:
    """Return the words of a page, for the search: each block a sentence."""
    blocos = ("".join(map(_dito, b.children or [])) for b in _LEITOR.parse(texto) if b.type == "inline")
    return re.sub(r"(?<=[.:;?!])\. ", " ", ". ".join(filter(None, blocos)))


def _dito(simbolo: Token) -> str:
    return {"text": simbolo.content, "code_inline": simbolo.content, "softbreak": " "}.get(simbolo.type, "")


def _todos(simbolos: list[Token]) -> Iterator[Token]:
    for simbolo in simbolos:
        yield simbolo
        yield from _todos(simbolo.children or [])


def _marcar_titulos(simbolos: list[Token]) -> Iterator[tuple[str, str]]:
    vistos: set[str] = set()
    for titulo, conteudo in pairwise(simbolos):
        if titulo.type != "heading_open":
            continue
        ancora = base = slugify(conteudo.content) or "secao"
        while ancora in vistos:
            ancora = f"{base}-{len(vistos)}"
        vistos.add(ancora)
        titulo.attrSet("id", ancora)
        if titulo.tag == "h2":
            yield ancora, so_texto(conteudo.content)


def retratos(texto: str) -> list[str]:
    """Return the names of the pictures that a page shows."""
    return [
        str(s.attrGet("src")).removeprefix("retrato:")
        for s in _todos(_LEITOR.parse(texto))
        if s.type == "image"
    ]


def _retratar(simbolo: Token) -> None:
    """Point a picture to its file, and say its size so that the page does not jump."""
    escrito = str(simbolo.attrGet("src"))
    tipo, _, nome = escrito.partition(":")
    arquivo = f"manual/{slugify(nome)}.webp"
    caminho = finders.find(arquivo) if tipo == "retrato" else None
    if caminho is None:
        raise LigacaoQuebradaError(escrito)
    with Image.open(caminho) as imagem:
        largura, altura = imagem.size
    simbolo.attrs |= {"src": static(arquivo), "width": largura, "height": altura}


def _endereco(escrito: str) -> str:
    tipo, _, alvo = escrito.partition(":")
    try:
        if tipo == "tela":
            return reverse(alvo)
        if tipo == "manual":
            return _pagina(alvo)
    except (NoReverseMatch, KeyError) as erro:
        raise LigacaoQuebradaError(escrito) from erro
    return escrito


def _pagina(alvo: str) -> str:
    from atendimento.manual import de_fabrica

    caminho, _, ancora = alvo.partition("#")
    return reverse("manual_pagina", args=[de_fabrica()[caminho].caminho]) + (f"#{ancora}" if ancora else "")
