"""The expiries of one organisation, and its calendar at a secret address."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cagec.tempo import hoje
from convenentes import calendario, vencimentos
from convenentes.acesso import convenente_para
from convenentes.models import Convenente, EnderecoDeCalendario
from convenentes.views.comum import pessoa


@login_required
@require_safe
def pagina(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List what expires, most urgent first. Members only."""
    return _mostrar(request, convenente_para(pessoa(request), uuid, hoje()))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def criar_endereco(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a new address and show it, this once. Who comes back from signing in arrives without the click."""
    if request.method == "GET":
        return redirect("vencimentos", uuid)
    usuario = pessoa(request)
    convenente = convenente_para(usuario, uuid, hoje())
    segredo = calendario.criar_endereco(usuario, convenente, timezone.now())
    return _mostrar(request, convenente, settings.ENDERECO + reverse("calendario", args=[segredo]))


@login_required
@require_http_methods(["GET", "POST"])
def desligar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Kill the address."""
    if request.method == "POST":
        usuario = pessoa(request)
        calendario.desligar(usuario, convenente_para(usuario, uuid, hoje()))
        messages.success(request, "O endereço do calendário foi desligado.")
    return redirect("vencimentos", uuid)


@never_cache
@require_safe
def feed(request: HttpRequest, segredo: str) -> HttpResponse:
    """The calendar itself, for whoever has the secret."""
    convenente = calendario.convenente_do_segredo(segredo, hoje())
    corpo = calendario.compor(convenente, hoje(), timezone.now())
    resposta = HttpResponse(corpo, content_type="text/calendar; charset=utf-8")
    resposta["Content-Disposition"] = 'attachment; filename="vencimentos.ics"'
    return resposta


def _mostrar(request: HttpRequest, convenente: Convenente, endereco: str = "") -> HttpResponse:
    usuario = pessoa(request)
    lista = vencimentos.listar(hoje(), [convenente.pk]).get(convenente.pk, [])
    contexto = {
        "convenente": convenente,
        "vencimentos": [(v, v.prazo(hoje())) for v in lista],
        "endereco": endereco,
        "tem_endereco": EnderecoDeCalendario.objects.filter(usuario=usuario, convenente=convenente).exists(),
    }
    return render(request, "convenentes/vencimentos.html", contexto)
