"""What each type of convenente has to present, for anybody to read (Lei MG 25.440/2025, art. 24)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from documentos.forms import DiaForm
from documentos.models import Exigencia, Genero, Grupo, Norma, TipoConvenente, TipoDocumento
from documentos.orientacoes import das_linhas
from documentos.palavras import quando_se_aplica, validade_em_palavras


@dataclass(frozen=True)
class LinhaExigida:
    """An obligation as it is read: what proves it, each proof with its validity."""

    exigencia: Exigencia
    quando: str
    provas: list[tuple[TipoDocumento, str]]


@require_safe
def exigidos(request: HttpRequest) -> HttpResponse:
    """List the types, each with its page."""
    tipos = list(TipoConvenente.objects.all())
    generos = [(Genero(g).label, [t for t in tipos if t.genero == g]) for g in Genero]
    return render(request, "documentos/exigidos.html", {"generos": [(n, ts) for n, ts in generos if ts]})


@require_safe
def exigidos_do_tipo(request: HttpRequest, slug: str) -> HttpResponse:
    """List the obligations of a type by group, as of today or of the day asked for."""
    tipo = TipoConvenente.objects.filter(slug=slug).first()
    if tipo is None:
        raise Http404
    form = DiaForm(request.GET if "em" in request.GET else None, initial={"em": hoje()})
    dia = form.cleaned_data["em"] if form.is_bound and form.is_valid() else hoje()
    exigencias = Exigencia.objects.do_tipo(tipo, dia).select_related("norma")
    provas = "alternativas__tipo_documento", das_linhas(tipo, "alternativas__tipo_documento__")
    linhas = [_linha(e) for e in exigencias.prefetch_related(*provas)]
    return render(
        request,
        "documentos/exigidos_do_tipo.html",
        {
            "tipo": tipo,
            "dia": dia,
            "hoje": hoje(),
            "form": form,
            "normas": sorted({linha.exigencia.norma for linha in linhas}, key=lambda n: n.vigente_de),
            "futuras": _futuras(tipo, dia),
            "grupos": [
                (Grupo(g).label, da_vez)
                for g in Grupo.values
                if (da_vez := [linha for linha in linhas if linha.exigencia.grupo == g])
            ],
        },
    )


def _linha(exigencia: Exigencia) -> LinhaExigida:
    tipos = [a.tipo_documento for a in exigencia.alternativas.all()]
    return LinhaExigida(exigencia, quando_se_aplica(exigencia), [(t, validade_em_palavras(t)) for t in tipos])


def _futuras(tipo: TipoConvenente, dia: date) -> list[Norma]:
    """Norms already published that will change the list of this type."""
    mudam = Q(exigencias__tipos=tipo) | Q(revoga__tipos=tipo)
    return list(
        Norma.objects.publicadas().filter(mudam, vigente_de__gt=dia).distinct().order_by("vigente_de")
    )
