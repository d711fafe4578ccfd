"""The browsers a person has signed in with: how they are called, and whether this one is new."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from contas.models import Usuario

BISCOITO = "aparelho"
VALIDADE = timedelta(days=400)  # the longest that browsers keep a cookie
_PESSOAS = 20  # on one computer of a town hall; the oldest give way
_NAVEGADORES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SISTEMAS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def descrever(navegador: str) -> str:
    """Return a User-Agent as people would say it: "Firefox no Windows"."""
    programa = next((nome for sinal, nome in _NAVEGADORES if sinal in navegador), "")
    sistema = next((nome for sinal, nome in _SISTEMAS if sinal in navegador), "")
    return " no ".join(filter(None, (programa, sistema))) or "Aparelho desconhecido"


def conhecido(request: HttpRequest, usuario: Usuario) -> bool:
    """Tell whether this browser remembers a sign-in of the person."""
    return _marca(usuario) in _marcas(request)


def lembrar(request: HttpRequest, resposta: HttpResponse, usuario: Usuario) -> None:
    """Make this browser remember the person. The cookie opens nothing and names nobody."""
    marcas = [_marca(usuario), *(m for m in _marcas(request) if m != _marca(usuario))][:_PESSOAS]
    resposta.set_cookie(
        BISCOITO,
        signing.dumps(marcas, salt=BISCOITO, compress=True),
        max_age=VALIDADE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marcas(request: HttpRequest) -> list[str]:
    try:
        marcas = signing.loads(request.COOKIES.get(BISCOITO, ""), salt=BISCOITO)
    except signing.BadSignature:
        return []
    assert isinstance(marcas, list)
    return marcas


def _marca(usuario: Usuario) -> str:
    """Return a sign of the person that tells nothing to who reads the cookie."""
    return hashlib.sha256(usuario.uuid.bytes).hexdigest()[:22]
