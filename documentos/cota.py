"""How much one folder, and one person, may send in a day (docs/decisoes/0027)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.utils import timezone

from contas.models import Usuario
from documentos.models import Arquivo, PastaDigital
from documentos.verificacoes.tamanho import MEGA

PASTAS_POR_PESSOA = (
    4  # that one person may fill in a day: drafts cost nothing, so that folders alone are no limit
)


def problemas_da_cota(pasta: PastaDigital, usuario: Usuario, arquivos: Sequence[UploadedFile]) -> list[str]:
    """Return what is wrong with one more document in the folder, with the remedy: the last 24 hours count."""
    if _do_dia(documentos__pasta=pasta) + _soma(arquivos) <= settings.COTA_DIARIA:
        return problemas_da_pessoa(usuario, arquivos)
    return [
        f"Esta pasta já recebeu {_em_megas(settings.COTA_DIARIA)} nas últimas 24 horas, que é o limite. "
        "O que já foi enviado está guardado; envie este amanhã, ou digitalize com menos resolução."
    ]


def problemas_da_pessoa(usuario: Usuario, arquivos: Sequence[UploadedFile]) -> list[str]:
    """Return the same of one more file of the person, wherever it goes."""
    limite = PASTAS_POR_PESSOA * settings.COTA_DIARIA
    if _do_dia(enviado_por=usuario) + _soma(arquivos) <= limite:
        return []
    return [
        f"Você já enviou {_em_megas(limite)} nas últimas 24 horas, que é o limite. "
        "O que já enviou está guardado; continue amanhã."
    ]


def problemas_com_o_guardado(pasta: PastaDigital, usuario: Usuario) -> list[str]:
    """Return the same of a folder with what was just kept in it: of two sends at once, the second sees the first.

    Called at the end of the transaction that kept the files, which holds folder and person from here on.
    """
    PastaDigital.objects.select_for_update(no_key=True).get(pk=pasta.pk)
    Usuario.objects.select_for_update(no_key=True).get(pk=usuario.pk)
    return problemas_da_cota(pasta, usuario, [])


def _do_dia(**de_quem: Any) -> int:
    recentes = Arquivo.objects.filter(criado_em__gt=timezone.now() - timedelta(days=1), **de_quem)
    return recentes.aggregate(soma=Sum("tamanho"))["soma"] or 0


def _soma(arquivos: Sequence[UploadedFile]) -> int:
    return sum(a.size or 0 for a in arquivos)


def _em_megas(tamanho: int) -> str:
    return f"{tamanho // MEGA} MB"
