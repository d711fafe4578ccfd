"""Template context that every page gets."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest

Fonte = Callable[[HttpRequest], dict[str, object]]

# Upper apps append here in ``ready()``; a source may answer ``contato_do_rodape`` (setor, equipe, email and
# lista_de_telefones), which the footer shows, ``pagina_da_ajuda``, the address that the link for help carries, and
# ``ajuda_da_tela`` (caminho and titulo in the manual), and ``avisos_do_portal`` (each with uuid and texto).
fontes: list[Fonte] = []


def portal(request: HttpRequest) -> dict[str, object]:
    """Return what base.html shows: banner, mailbox link, name of the current page, contacts of the footer."""
    valores: dict[str, object] = {
        "faixa_demonstracao": settings.DEMONSTRACAO,
        "tem_caixa_postal": bool(settings.CAIXA_POSTAL),
        "pagina_atual": request.resolver_match.url_name if request.resolver_match else "",
        "contato_do_rodape": None,
        "pagina_da_ajuda": "",
        "ajuda_da_tela": None,
        "avisos_do_portal": [],
    }
    for fonte in fontes:
        valores.update(fonte(request))
    return valores
