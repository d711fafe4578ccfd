"""How many requests came, about what, how long they took, and how they were judged."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from atendimento.models import Categoria, Chamado
from cagec.tempo import hoje
from convenentes.admin.comum import analista

PERIODOS = (30, 90, 365)
_DIA = timedelta(days=1)


def estatisticas(request: HttpRequest, contexto: dict[str, Any]) -> HttpResponse:
    """Show the requests of the last 30, 90 or 365 days, by category."""
    if not analista(request).has_perm("atendimento.view_chamado"):
        raise PermissionDenied
    pedido = request.GET.get("dias", "")
    dias = int(pedido) if pedido.isdecimal() and int(pedido) in PERIODOS else PERIODOS[0]
    return render(
        request,
        "admin/atendimento/chamado/estatisticas.html",
        {
            **contexto,
            "title": "Estatísticas do atendimento",
            "dias": dias,
            "periodos": PERIODOS,
            "linhas": por_categoria(dias),
        },
    )


def por_categoria(dias: int) -> list[dict[str, Any]]:
    """Count the requests opened in the last ``dias`` days, and last of all together. Times are in days."""
    recentes = Chamado.objects.filter(criado_em__gte=timezone.now() - dias * _DIA)
    medidas = {
        "total": Count("pk"),
        "abertos": Count("pk", filter=Q(estado__in=Chamado.COM_A_EQUIPE)),
        "atrasados": Count("pk", filter=Q(estado__in=Chamado.COM_A_EQUIPE, prazo__lt=hoje())),
        "resposta": _media("respondido_em"),
        "fim": _media("encerrado_em"),
        "media": Avg("nota"),
        "notas": Count("nota"),
    }
    nomes = dict(Categoria.choices)
    linhas = recentes.values("categoria").annotate(**medidas).order_by("-total", "categoria")
    contadas = [_linha(nomes[linha["categoria"]], linha) for linha in linhas]
    return [*contadas, _linha("Todos os assuntos", recentes.aggregate(**medidas))] if contadas else []


def _linha(nome: str, medidas: dict[str, Any]) -> dict[str, Any]:
    em_dias = {medida: _em_dias(medidas[medida]) for medida in ("resposta", "fim")}
    return {**medidas, **em_dias, "nome": nome}


def _media(ate: str) -> Avg:
    return Avg(ExpressionWrapper(F(ate) - F("criado_em"), output_field=DurationField()))


def _em_dias(duracao: timedelta | None) -> float | None:
    return duracao / _DIA if duracao is not None else None
