"""The folder of a person: identity, address and selfie, wherever they were first sent (docs/dominio.md, Documents)."""

from collections.abc import Callable, Iterable

from django.db import transaction

from contas.models import Usuario
from documentos.models import Documento, PastaDigital, PastaPessoal

# Upper apps say which papers of a person the team has accepted, the newest of each kind.
aceitos: list[Callable[[Usuario], Iterable[Documento]]] = []


@transaction.atomic
def pasta_de(usuario: Usuario) -> PastaDigital:
    """Return the folder of the person, made the first time."""
    Usuario.objects.select_for_update(no_key=True).get(pk=usuario.pk)
    pessoal = PastaPessoal.objects.filter(usuario=usuario).select_related("pasta").first()
    if pessoal is None:
        pessoal = PastaPessoal.objects.create(usuario=usuario, pasta=PastaDigital.objects.create())
    return pessoal.pasta


def recolher(documentos: Iterable[Documento], usuario: Usuario) -> None:
    """Bring papers about the person into the personal folder. From then on they are the person's own."""
    Documento.objects.filter(pk__in=[d.pk for d in documentos]).update(pasta=pasta_de(usuario))
