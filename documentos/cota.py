"""How much one folder takes in a day (docs/decisoes/0027)."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.utils import timezone

from documentos.models import Arquivo, PastaDigital


def problemas_da_cota(pasta: PastaDigital, arquivos: Sequence[UploadedFile]) -> list[str]:
    """Return what is wrong with one more document in the folder, with the remedy: the last 24 hours count."""
    desde = timezone.now() - timedelta(days=1)
    recentes = Arquivo.objects.filter(documentos__pasta=pasta, criado_em__gt=desde)
    soma = recentes.aggregate(soma=Sum("tamanho"))["soma"] or 0
    if soma + sum(a.size or 0 for a in arquivos) <= settings.COTA_DIARIA:
        return []
    limite = settings.COTA_DIARIA // 1024 // 1024
    return [
        f"Esta pasta já recebeu {limite} MB nas últimas 24 horas, que é o limite. "
        "O que já foi enviado está guardado; envie este amanhã, ou digitalize com menos resolução."
    ]


def problemas_com_o_guardado(pasta: PastaDigital) -> list[str]:
    """Return the same of a folder with what was just kept in it: of two sends at once, the second sees the first.

    Called at the end of the transaction that kept the files, which holds the folder from here on.
    """
    PastaDigital.objects.select_for_update(no_key=True).get(pk=pasta.pk)
    return problemas_da_cota(pasta, [])
