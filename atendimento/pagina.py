"""From where somebody asks for help: the page, and the organisation or request that it shows."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from contas.models import Usuario
from convenentes.acesso import convenentes_de, solicitacoes_de
from convenentes.models import Convenente

_TAMANHO = 200
_SECRETOS = frozenset({"segredo", "chave"})  # names of what opens something by itself, in the addresses


def para_ajuda(request: HttpRequest) -> dict[str, object]:
    """Give every page the address that its request for help carries; nothing when it has a secret."""
    return {"pagina_da_ajuda": sem_segredo(request.path)}


def de_onde(request: HttpRequest) -> str:
    """Return the address of the page that asked for help: said by its link, or by the browser when it fails."""
    return sem_segredo(request.GET.get("de", urlsplit(request.headers.get("Referer", "")).path))


def sem_segredo(caminho: str) -> str:
    """Return the address of a page of ours; nothing of one that opens something by itself, or is no address of ours.

    Of a page that does not exist only the beginning: it may be such an address, copied with a mistake.
    """
    if not caminho.startswith("/") or len(caminho) > _TAMANHO or not caminho.isprintable():
        return ""
    achado = _achar(caminho)
    if achado is None:
        return "/" + caminho.split("/")[1]
    return "" if _SECRETOS & achado.kwargs.keys() else caminho


def contexto(caminho: str, usuario: Usuario | None, hoje: date) -> tuple[dict[str, Any], Convenente | None]:
    """Return what is known of the page, and the organisation it shows when the person acts for it on ``hoje``."""
    dados: dict[str, Any] = {"pagina": caminho} if caminho else {}
    achado = _achar(caminho) if caminho else None
    uuid = achado.kwargs.get("uuid") if achado else None
    if usuario is None or not isinstance(uuid, UUID):
        return dados, None
    solicitacao = solicitacoes_de(usuario, hoje).filter(uuid=uuid).first()
    if solicitacao is not None:
        dados["solicitacao"] = str(solicitacao.uuid)
        return dados, solicitacao.convenente
    return dados, convenentes_de(usuario, hoje).filter(uuid=uuid).first()


def _achar(caminho: str) -> ResolverMatch | None:
    try:
        return resolve(caminho)
    except Resolver404:
        return None
