"""What the team says of a load: this file was looked at; these differences are understood, the cut-over may come."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from contas.models import Usuario
from convenentes.models import ArquivoLegado, CargaLegado
from convenentes.models.legado import ArquivoLegadoQuerySet


def conferir(arquivos: ArquivoLegadoQuerySet, por: Usuario) -> int:
    """Note who looked at these files, and when; return how many were new. Nothing of them changes."""
    por_conferir = ArquivoLegado.objects.a_conferir().filter(pk__in=arquivos.values("pk"), conferido_em=None)
    return por_conferir.update(conferido_por=por, conferido_em=timezone.now())


@transaction.atomic
def aceitar_diferencas(carga: CargaLegado, por: Usuario) -> None:
    """Sign the list of those who were regular and are not. Raises ValidationError when that cannot be, or was done."""
    carga = CargaLegado.objects.select_for_update().get(pk=carga.pk)
    if carga.concluida_em is None:
        raise ValidationError("A carga parou no meio: a lista só se aceita inteira. Retome-a antes.")
    if carga.aceita_em is not None:
        raise ValidationError("As diferenças desta carga já foram aceitas.")
    carga.aceita_por, carga.aceita_em = por, timezone.now()
    carga.save(update_fields=["aceita_por", "aceita_em"])
