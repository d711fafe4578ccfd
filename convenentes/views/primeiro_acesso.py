"""The first page for who comes from the legacy registry: what was brought, and one list of what is missing."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from convenentes import situacao
from convenentes.acesso import convenentes_de
from convenentes.models import Convenente, Vinculo
from convenentes.situacao import Estado, Linha
from convenentes.views.comum import pessoa

POR_PAGINA = 20
_EM_DIA = frozenset({Estado.VIGENTE, Estado.VENCE_EM_BREVE})


@dataclass(frozen=True)
class Trazida:
    """An organisation as it was brought, and the person's roles in it."""

    convenente: Convenente
    vinculos: list[Vinculo]
    documentos: list[Linha]


@login_required
@require_safe
def primeiro_acesso(request: HttpRequest) -> HttpResponse:
    """Show both, of all the organisations of the person."""
    usuario = pessoa(request)
    minhas = convenentes_de(usuario, hoje()).select_related("tipo", "municipio").order_by("nome_busca", "id")
    pagina = Paginator(minhas, POR_PAGINA).get_page(request.GET.get("pagina"))
    por_pk = {convenente.pk: convenente for convenente in pagina}
    linhas = situacao.linhas(hoje(), list(por_pk))
    vinculos = list(Vinculo.objects.vigentes(hoje()).filter(usuario=usuario, convenente__in=por_pk))
    return render(
        request,
        "convenentes/primeiro_acesso.html",
        {
            "pagina": pagina,
            "trazidas": [
                Trazida(
                    convenente,
                    [v for v in vinculos if v.convenente_id == convenente.pk],
                    [x for x in linhas if x.convenente_id == convenente.pk and _em_dia(x)],
                )
                for convenente in pagina
            ],
            "faltam": [(por_pk[x.convenente_id], x) for x in linhas if x.irregular],
        },
    )


def _em_dia(linha: Linha) -> bool:
    return linha.documento_id is not None and linha.estado in _EM_DIA
