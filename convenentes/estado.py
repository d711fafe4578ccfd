"""The team blocks, frees or closes a record (docs/dominio.md, Regularity)."""

from django.db import transaction

from cagec.tempo import hoje
from convenentes import historico
from convenentes.models import Convenente


@transaction.atomic
def mudar_estado(convenente: Convenente) -> None:
    """Write the new state of the record, alone: the rest of the row belongs to other journeys."""
    historico.curar(hoje(), [convenente.pk])
    convenente.save(update_fields=["estado"])
    historico.atualizar(hoje(), [convenente.pk])
