"""What was typed in a form that was sent after the session had ended: kept, and offered after sign-in.

Kept encrypted for two hours in the session of that browser, and only for the person whose session had ended, whom a
signed cookie names. Never kept: files, passwords, codes, and what a page hides. Nothing is ever sent by itself.
"""

import json
from datetime import timedelta
from typing import Any, TypedDict

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cagec.cifra import Ilegivel, cifrar, decifrar
from contas.models import Usuario
from contas.sessoes import NO_TOTAL

PRAZO = timedelta(hours=2)
COOKIE = "cagec_quem"
_CHAVE = "formulario_guardado"
_SAL = "contas.formulario_guardado"
_SEGREDOS = frozenset({"senha", "repetir", "atual", "password", "code", "credential"})
_NUNCA = _SEGREDOS | {"csrfmiddlewaretoken", "chave_envio", "next"}
_MAXIMO = 200_000
_COOKIE_VALE = NO_TOTAL + PRAZO
_COOKIE_NOVO = timedelta(hours=1)


class Guardado(TypedDict):
    """The person (uuid), the address of the form, and what was typed, by name of field."""

    quem: str
    caminho: str
    campos: dict[str, list[str]]


def marcar(request: HttpRequest, resposta: HttpResponse, usuario: Usuario) -> None:
    """Let the browser remember whose session this is, for longer than the session itself."""
    if _lembrado(request, _COOKIE_NOVO) == str(usuario.uuid):
        return
    resposta.set_cookie(
        COOKIE,
        signing.dumps(str(usuario.uuid), salt=_SAL),
        max_age=_COOKIE_VALE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def guardar(request: HttpRequest) -> bool:
    """Keep the fields of a POST that nobody signed in has sent. Tell whether anything was kept."""
    quem = _lembrado(request, _COOKIE_VALE)
    sensiveis = getattr(request, "sensitive_post_parameters", ())
    if quem is None or sensiveis == "__ALL__":
        return False
    campos = {
        nome: valores
        for nome, valores in request.POST.lists()
        if nome not in _NUNCA and nome not in sensiveis
    }
    guardado: Guardado = {"quem": quem, "caminho": request.path, "campos": campos}
    texto = json.dumps(guardado)
    if not any(any(valores) for valores in campos.values()) or len(texto) > _MAXIMO:
        return False
    request.session[_CHAVE] = cifrar(texto)
    return True


def guardado(request: HttpRequest, usuario: Usuario) -> Guardado | None:
    """Return what waits for this person in this browser. What is late, or of somebody else, is forgotten."""
    if _CHAVE not in request.session:
        return None
    try:
        texto = decifrar(request.session[_CHAVE], validade=int(PRAZO.total_seconds()))
    except Ilegivel:
        esquecer(request)
        return None
    lido: Guardado = json.loads(texto)
    if lido["quem"] != str(usuario.uuid):
        esquecer(request)
        return None
    return lido


def esquecer(request: HttpRequest) -> None:
    """Forget what was kept."""
    request.session.pop(_CHAVE, None)


def _lembrado(request: HttpRequest, prazo: timedelta) -> str | None:
    """Return the uuid in the cookie, unless it was changed or is older than ``prazo``."""
    try:
        quem: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SAL, max_age=prazo)
    except signing.BadSignature:
        return None
    return str(quem)
