"""The security page of a person: second factor, open sessions, what happened to the access."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contas import fatores, sessoes
from contas.aparelhos import descrever
from contas.models import EventoDeSeguranca
from contas.seguranca import da_pessoa, origem
from contas.views.comum import pessoa

_POR_PAGINA, _SESSOES = 20, 50


@login_required
@never_cache
@require_safe
def seguranca(request: HttpRequest) -> HttpResponse:
    """Show everything that guards the account."""
    usuario = pessoa(request)
    pagina = Paginator(da_pessoa(usuario), _POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "aplicativo": fatores.aplicativo(usuario),
        "chaves": [(chave.wrap().name, chave) for chave in fatores.chaves(usuario)],
        "codigos_restantes": fatores.codigos_restantes(usuario),
        "sessoes": [(descrever(s.navegador), s) for s in sessoes.abertas(usuario)[:_SESSOES]],
        "esta": request.session.session_key,
        "pagina": pagina,
        "eventos": [_linha(evento) for evento in pagina],
    }
    return render(request, "contas/seguranca.html", contexto)


def _linha(evento: EventoDeSeguranca) -> dict[str, object]:
    dados = evento.dados
    detalhes = [dados.get("fator", ""), dados.get("nome", "")]
    if dados.get("novo"):
        detalhes.append("navegador novo")
    if dados.get("pela_equipe"):
        detalhes.append("pela equipe CAGEC")
    return {
        "evento": evento,
        "detalhes": ", ".join(filter(None, detalhes)),
        "aparelho": descrever(evento.navegador),
    }


@login_required
@require_POST
def encerrar_sessao(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End one of the own sessions; ending this one is leaving."""
    usuario = pessoa(request)
    sessao = sessoes.abertas(usuario).filter(uuid=uuid)
    if sessao.filter(pk=request.session.session_key).exists():
        return redirect("account_logout")
    if not sessoes.encerrar(sessao, usuario, origem(request)):
        raise Http404
    messages.success(request, "A sessão foi encerrada.")
    return redirect("seguranca")


@login_required
@require_POST
def encerrar_outras_sessoes(request: HttpRequest) -> HttpResponse:
    """End every own session but this one."""
    usuario = pessoa(request)
    sessoes.encerrar(sessoes.outras(usuario, request.session.session_key), usuario, origem(request))
    messages.success(request, "Só esta sessão continua aberta.")
    return redirect("seguranca")


@never_cache
@require_safe
def sessao(request: HttpRequest) -> HttpResponse:
    """Tell the page how many seconds the session still has, without making it longer; 0 when it is over."""
    return _restam(request)


@require_POST
def manter_sessao(request: HttpRequest) -> HttpResponse:
    """Begin the sixty minutes again (``contas.middleware.SessaoEmUso`` did): who asked for it is there."""
    return _restam(request)


def _restam(request: HttpRequest) -> HttpResponse:
    """Answer with what is left, and with what there would be if the person went on (the twelve hours may end)."""
    if not request.user.is_authenticated:
        return JsonResponse({"restam": 0, "restariam": 0})
    return JsonResponse({"restam": sessoes.restam(request), "restariam": sessoes.restariam(request)})
