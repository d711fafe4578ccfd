"""The page of the invitations to persons of the legacy registry: counts, waves, the list, and who has to be called."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from convenentes.admin.comum import analista, planilha
from convenentes.legado import acompanhamento
from convenentes.legado.acompanhamento import Estado

POR_PAGINA = 50


class FiltroForm(forms.Form):
    """Which persons to look at. Its address can be kept."""

    andamento = forms.ChoiceField(label="Andamento", choices=[("", "Todos"), *Estado.choices], required=False)


@dataclass(frozen=True)
class Barra:
    """A state in the chart: how many persons, and their share of all, in hundredths."""

    rotulo: str
    quantas: int
    parte: int


@require_safe
def pagina(request: HttpRequest, contexto: dict[str, Any]) -> HttpResponse:
    """Show how far everybody has come."""
    _exigir_permissao(request)
    filtro = FiltroForm(request.GET or None)
    andamento = filtro.cleaned_data["andamento"] if filtro.is_valid() else ""
    pessoas = acompanhamento.pessoas(hoje())
    if andamento:
        pessoas = pessoas.filter(andamento=andamento)
    lista = Paginator(pessoas, POR_PAGINA).get_page(request.GET.get("pagina"))
    contadas = acompanhamento.contar(hoje())
    total = sum(contadas.values())
    return render(
        request,
        "admin/convenentes/convenente/convites.html",
        {
            **contexto,
            "title": "Pessoas do cadastro anterior",
            "total": total,
            "barras": [
                Barra(Estado(estado).label, quantas, 100 * quantas // total if total else 0)
                for estado, quantas in contadas.items()
            ],
            "talvez_repetidas": acompanhamento.talvez_repetidas(),
            "ondas": acompanhamento.ondas(),
            "filtro": filtro,
            "pagina": lista,
            "pessoas": [(pessoa, Estado(pessoa.andamento).label) for pessoa in lista],
        },
    )


@require_safe
def a_telefonar(request: HttpRequest) -> StreamingHttpResponse:
    """Who has to be called, as a table with every telephone that is known."""
    _exigir_permissao(request)
    return planilha("pessoas-a-telefonar.csv", _tabela())


def _tabela() -> Iterator[tuple[str, ...]]:
    yield ("Nome", "CPF", "Telefone", "E-mail", "Andamento", "Organizações", "Telefones das organizações")
    for pessoa in acompanhamento.a_telefonar(hoje()).iterator(chunk_size=500):
        organizacoes = {v.convenente_id: v.convenente for v in pessoa.atuais}.values()
        yield (
            pessoa.nome,
            pessoa.cpf_mascarado,
            pessoa.telefone,
            pessoa.email,
            str(Estado(pessoa.andamento).label),
            ", ".join(f"{c.razao_social} ({c.municipio})" for c in organizacoes),
            ", ".join(sorted({c.telefone for c in organizacoes if c.telefone})),
        )


def _exigir_permissao(request: HttpRequest) -> None:
    if not analista(request).has_perm("convenentes.view_convitelegado"):
        raise PermissionDenied
