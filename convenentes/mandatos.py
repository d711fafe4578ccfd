"""A post without term: its papers hold until a day that the team sets (docs/dominio.md, Regularity)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from convenentes import historico
from convenentes.models import Convenente, PapelVinculo, Vinculo


def sem_prazo(convenente: Convenente, hoje: date) -> Vinculo | None:
    """Return the acting representante legal whose post has no end, if that is the case on ``hoje``."""
    atuais = Vinculo.objects.vigentes(hoje).filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
    return atuais.filter(mandato_ate=None).select_related("usuario").first()


@transaction.atomic
def marcar_prazo(vinculo: Vinculo, provas_ate: date | None, hoje: date) -> Vinculo:
    """Set the last day on which the papers of the post hold (None: no end). Raises ValidationError for a past day.

    The days before keep what was said of them.
    """
    if provas_ate is not None and provas_ate < hoje:
        raise ValidationError({"provas_ate": "Escolha hoje ou um dia futuro."})
    historico.curar(hoje, [vinculo.convenente_id])
    travado = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    travado.provas_ate = provas_ate
    travado.save(update_fields=["provas_ate"])
    historico.atualizar(hoje, [travado.convenente_id])
    return travado
