"""The campaign page: counts, the list by type and município, the next wave, and who cannot be reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cagec.campos import ChaveEnvioField, DataField
from cagec.tempo import hoje
from convenentes import campanha
from convenentes.admin.comum import analista, planilha
from convenentes.campanha import Andamento, Campanha
from convenentes.models import Convenente, Vinculo
from documentos.models import TipoConvenente

POR_PAGINA = 50


class FiltroForm(forms.Form):
    """Which records to look at. Its address can be kept."""

    posse = DataField(label="Início dos novos mandatos", required=False)
    tipo = forms.ModelChoiceField(
        label="Tipo",
        queryset=TipoConvenente.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Todos os tipos",
    )
    municipio = forms.CharField(label="Município", required=False, max_length=60)
    andamento = forms.ChoiceField(
        label="Andamento", choices=[("", "Todos"), *Andamento.choices], required=False
    )


class OndaForm(forms.Form):
    """How many records to mail now, and for which occasion."""

    chave_envio = ChaveEnvioField()
    vez = forms.IntegerField(
        label="Ocasião",
        min_value=1,
        max_value=9,
        initial=1,
        help_text="1 para o primeiro aviso, 2 para o segundo…",
    )
    quantos = forms.IntegerField(
        label="Quantas organizações",
        min_value=1,
        max_value=campanha.MAXIMO_DA_ONDA,
        initial=100,
        help_text="As próximas da lista, entre as que não mudaram e ainda não foram avisadas nesta ocasião.",
    )


@dataclass(frozen=True)
class Linha:
    """A record in the list."""

    convenente: Convenente
    andamento: str
    representante: Vinculo | None
    avisos: int


def pagina(request: HttpRequest, contexto: dict[str, Any]) -> HttpResponse:
    """Show the campaign, or send its next wave."""
    quem = analista(request)
    if not quem.has_perm("convenentes.view_convenente"):
        raise PermissionDenied
    pode_avisar = quem.has_perm("convenentes.change_convenente")
    filtro, atual = _filtrar(request)
    onda = OndaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not pode_avisar:
            raise PermissionDenied
        if onda.is_valid():
            enviada = campanha.enviar_onda(atual, **onda.cleaned_data, hoje=hoje(), por=quem)
            organizacoes = "1 organização" if enviada.quantos == 1 else f"{enviada.quantos} organizações"
            messages.success(request, f"Avisos na fila: {organizacoes}. Eles saem aos poucos.")
            return redirect(request.get_full_path())
    lista = Paginator(campanha.registros(atual, hoje()), POR_PAGINA).get_page(request.GET.get("pagina"))
    contados = campanha.contar(atual, hoje())
    return render(
        request,
        "admin/convenentes/convenente/campanha.html",
        {
            **contexto,
            "title": "Campanha de mandatos",
            "filtro": filtro,
            "onda": onda,
            "posse": atual.posse,
            "contagem": [(Andamento(a).label, quantos) for a, quantos in contados.items()],
            "pagina": lista,
            "linhas": _linhas(list(lista), atual),
            "ondas": campanha.ondas(atual.posse),
            "pode_avisar": pode_avisar,
            "consulta": request.GET.urlencode(),
        },
    )


@require_safe
def sem_contato(request: HttpRequest) -> StreamingHttpResponse:
    """The records without anybody to be reached by, as a table for other ways of contact."""
    if not analista(request).has_perm("convenentes.view_convenente"):
        raise PermissionDenied
    _, atual = _filtrar(request)
    return planilha("mandatos-sem-contato.csv", _tabela(atual))


def _filtrar(request: HttpRequest) -> tuple[FiltroForm, Campanha]:
    filtro = FiltroForm(request.GET or None)
    dados = filtro.cleaned_data if filtro.is_valid() else {}
    tipo = dados.get("tipo")
    return filtro, Campanha(
        dados.get("posse") or campanha.posse_seguinte(hoje()),
        tipo.slug if tipo else "",
        dados.get("municipio", ""),
        dados.get("andamento", ""),
    )


def _linhas(convenentes: list[Any], atual: Campanha) -> list[Linha]:
    representantes = campanha.representantes(convenentes, hoje())
    avisos = campanha.vezes(convenentes, atual.posse)
    return [
        Linha(c, Andamento(c.andamento).label, representantes.get(c.pk), avisos.get(c.pk, 0))
        for c in convenentes
    ]


def _tabela(atual: Campanha) -> Iterator[tuple[str, ...]]:
    yield ("CNPJ", "Razão social", "Tipo", "Município", "E-mail", "Telefone", "Andamento")
    for c in campanha.sem_contato(atual, hoje()):
        andamento = str(Andamento(c.andamento).label)
        yield (
            c.cnpj_formatado,
            c.razao_social,
            c.tipo.nome,
            str(c.municipio),
            c.email,
            c.telefone,
            andamento,
        )
