"""What the pages of a request share: sign-in, access, the way back, the steps."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cagec.tempo import hoje
from contas.limites import MENSAGEM, permitido
from contas.models import Usuario
from convenentes.acesso import GERENTES, papeis_na_solicitacao, solicitacao_para
from convenentes.models import PapelVinculo, Solicitacao
from convenentes.rascunho import NaoEditavel
from convenentes.views.etapas import etapas, passos, proxima

View = Callable[Concatenate[HttpRequest, UUID, ...], HttpResponse]


def pessoa(request: HttpRequest) -> Usuario:
    """Return the signed-in person. Only for views behind ``login_required``."""
    assert isinstance(request.user, Usuario)
    return request.user


def enviado(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, also when nothing was filled in; None for a page just opened."""
    return request.POST if request.method == "POST" else None


def convite_permitido(request: HttpRequest, form: Form) -> bool:
    """Every invitation mails an address of the person's choice: nobody sends them by the hundred."""
    if permitido(request, "convidar"):
        return True
    form.add_error(None, MENSAGEM)
    return False


def abrir(request: HttpRequest, uuid: UUID, papeis: Collection[str] | None = None) -> Solicitacao:
    """Return the request for the signed-in person. Raises Http404 or PermissionDenied."""
    return solicitacao_para(pessoa(request), uuid, hoje(), papeis)


def abrir_editavel(request: HttpRequest, uuid: UUID, papeis: Collection[str] | None = None) -> Solicitacao:
    """The same, for pages that change it. Raises NaoEditavel too."""
    solicitacao = abrir(request, uuid, papeis)
    if not solicitacao.editavel:
        raise NaoEditavel
    return solicitacao


def _com_volta(view: View) -> View:
    """When the request cannot change any more, say so and show it."""

    @wraps(view)
    def envolta(request: HttpRequest, uuid: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, uuid, *args, **kwargs)
        except NaoEditavel as erro:
            messages.warning(request, str(erro))
            return redirect("solicitacao", uuid)

    return envolta


def pagina_de_leitura(view: View) -> View:
    """A page that only shows."""
    return login_required(require_safe(_com_volta(view)))


def pagina_de_edicao(view: View) -> View:
    """A page with a form."""
    return login_required(require_http_methods(["GET", "HEAD", "POST"])(_com_volta(view)))


def acao(view: View) -> View:
    """A button. Who comes back from signing in arrives without the click: the request itself is shown."""

    @wraps(view)
    def envolta(request: HttpRequest, uuid: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET":
            return redirect("solicitacao", uuid)
        return require_POST(_com_volta(view))(request, uuid, *args, **kwargs)

    return login_required(envolta)


def mostrar(
    request: HttpRequest, pagina: str, solicitacao: Solicitacao, etapa: str, **contexto: Any
) -> HttpResponse:
    """Render a page of the request with its steps, of which ``etapa`` is the current one."""
    papeis = papeis_na_solicitacao(pessoa(request), solicitacao, hoje())
    lista = etapas(solicitacao, papeis)
    return render(
        request,
        f"convenentes/solicitacao/{pagina}.html",
        {
            "solicitacao": solicitacao,
            "passos": passos(lista, etapa),
            "proxima": proxima(lista, etapa),
            "gerencia": bool(papeis & GERENTES),
            "assina": PapelVinculo.REPRESENTANTE in papeis,
            **contexto,
        },
    )


def seguir(request: HttpRequest, solicitacao: Solicitacao, etapa: str) -> HttpResponse:
    """Go on to the step after ``etapa``."""
    papeis = papeis_na_solicitacao(pessoa(request), solicitacao, hoje())
    return redirect(proxima(etapas(solicitacao, papeis), etapa))
