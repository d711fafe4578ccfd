"""The guidance of each line: which texts and models of the team speak of a document."""

from django.db.models import Prefetch

from documentos.models import Orientacao, TipoConvenente, TipoDocumento


def das_linhas(tipo: TipoConvenente, caminho: str = "") -> Prefetch[str]:
    """Return what to prefetch for kinds of document found at ``caminho``: their guidance for this type.

    It is then in ``orientacoes_publicadas`` of each kind.
    """
    return Prefetch(
        f"{caminho}orientacoes",
        Orientacao.objects.publicadas().do_tipo(tipo),
        to_attr="orientacoes_publicadas",
    )


def da_linha(tipo: TipoConvenente, documento: TipoDocumento) -> list[Orientacao]:
    """Return the guidance for this type about a kind of document."""
    return list(Orientacao.objects.publicadas().do_tipo(tipo).filter(documentos=documento))
