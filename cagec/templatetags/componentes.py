"""Template components: builtins of every template, no ``{% load %}`` needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, RadioSelect
from django.utils.safestring import SafeString

register = template.Library()

_SINAIS = {"ok": "✓", "aviso": "!", "erro": "✕", "info": "i", "neutro": "•"}


@dataclass(frozen=True)
class Problema:
    """A line of the error summary. ``alvo`` is the id of the field, empty when there is no field to go to."""

    texto: str
    rotulo: str = ""
    alvo: str = ""


@register.inclusion_tag("componentes/resumo_de_erros.html")
def resumo_de_erros(*fontes: Any) -> dict[str, Any]:
    """List the errors of forms, formsets or lists of them: those of no field first, then in page order."""
    problemas = [p for fonte in fontes for p in _problemas(fonte)]
    return {"problemas": sorted(problemas, key=lambda p: bool(p.alvo))}


def _problemas(fonte: BaseForm | BaseFormSet[Any] | Iterable[Any] | None) -> Iterator[Problema]:
    if isinstance(fonte, BaseForm):
        yield from _problemas_do_form(fonte)
    elif isinstance(fonte, BaseFormSet):
        if fonte.is_bound:
            yield from (Problema(str(erro)) for erro in fonte.non_form_errors())
        for form in fonte.forms:
            yield from _problemas_do_form(form)
    elif fonte is not None:
        for parte in fonte:
            yield from _problemas(parte)


def _problemas_do_form(form: BaseForm) -> Iterator[Problema]:
    if not form.is_bound:
        return
    yield from (Problema(str(erro)) for erro in form.non_field_errors())
    for campo in form:
        for erro in campo.errors:
            rotulo, alvo = ("", "") if campo.is_hidden else (str(campo.label), _alvo(campo))
            yield Problema(str(erro), rotulo, alvo)


def _alvo(campo: BoundField) -> str:
    if e_grupo(campo):
        # The group's own id is a <div>, which takes no focus: go to its first option.
        return f"{campo.auto_id}_0"
    return campo.id_for_label or campo.auto_id


@register.inclusion_tag("componentes/selo.html")
def selo(tom: str, texto: str) -> dict[str, str]:
    """Show a badge: a tone (ok, aviso, erro, neutro, info), its sign and a text that says the same."""
    return {"tom": tom, "texto": texto, "sinal": _SINAIS[tom]}


@register.inclusion_tag("componentes/etapas.html")
def etapas(lista: list[dict[str, str]]) -> dict[str, Any]:
    """Show the steps of a journey: dicts with nome, url and estado (feita, atual or pendente)."""
    atual = next((n for n, etapa in enumerate(lista, 1) if etapa["estado"] == "atual"), 0)
    return {"lista": lista, "numero": atual, "total": len(lista)}


@register.inclusion_tag("componentes/paginacao.html", takes_context=True)
def paginacao(
    context: Mapping[str, Any], pagina: Page[Any], parametro: str = "pagina", rotulo: str = "Páginas"
) -> dict[str, Any]:
    """Link the pages of a list by the query parameter ``parametro``, keeping the other parameters.

    Two lists on one page need two parameters, and a ``rotulo`` that tells a screen reader which is which.
    """
    outros = context["request"].GET.copy()
    outros.pop(parametro, None)
    inicio = "?" + (outros.urlencode() + "&" if outros else "") + parametro + "="
    numeros = pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1)
    return {"pagina": pagina, "inicio": inicio, "numeros": list(numeros), "rotulo": rotulo}


@register.filter
def e_grupo(campo: BoundField) -> bool:
    """Say whether a field is several inputs, which a fieldset and a legend must hold together."""
    return isinstance(campo.field.widget, RadioSelect)  # CheckboxSelectMultiple is one too


@register.filter
def e_marcar(campo: BoundField) -> bool:
    """Say whether a field is one tick box, whose label comes after it."""
    return isinstance(campo.field.widget, CheckboxInput)


@register.filter
def e_opcional(campo: BoundField) -> bool:
    """Say whether to print "(opcional)".

    Not on a tick box, nor in a search (form with ``busca = True``), nor on a field that is asked for in some cases
    only (named in the form's ``condicionais``).
    """
    condicional = campo.name in getattr(campo.form, "condicionais", ())
    return not (campo.field.required or condicional or e_marcar(campo) or getattr(campo.form, "busca", False))


@register.filter
def descrito(campo: BoundField) -> SafeString:
    """Render a field tied to its help and errors, also the file field, which Django leaves to a fieldset."""
    if e_grupo(campo) or not campo.aria_describedby:
        return campo.as_widget()
    return campo.as_widget(attrs={"aria-describedby": campo.aria_describedby})


@register.filter
def blocos(paragrafos: Iterable[str]) -> list[tuple[bool, list[str]]]:
    """Group the paragraphs of a mail: (is a list, its texts). One that starts with "- " is an item."""
    grupos = groupby(paragrafos, key=lambda paragrafo: paragrafo.startswith("- "))
    return [(lista, [p.removeprefix("- ") if lista else p for p in grupo]) for lista, grupo in grupos]
