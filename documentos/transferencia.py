"""Resumable transfers: the parts of a file arrive one by one, each an object of the storage.

Any web process goes on where another stopped. Protocol: tus 1.0 (``documentos/views/transferencia.py``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import BufferedReader
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.text import capfirst

from contas.models import Usuario
from documentos import guarda, partes
from documentos.models import Transferencia
from documentos.nomes import nome_limpo
from documentos.verificacoes import tamanho as do_tamanho
from documentos.verificacoes.tamanho import MEGA

VIDA = timedelta(hours=24)
VIDA_DEPOIS_DE_USADA = timedelta(hours=1)  # a second click still finds what the first one sent
SEGUNDOS_ENTRE_NOTAS = 5
MAXIMO_POR_DIA = 1000  # transfers of a person: small ones cost a row each
MAXIMO_DE_PARTES = 400  # of a 20 MB file that comes through a line that breaks every 50 KB


class TransferenciaRecusada(Exception):
    """The file cannot be taken. The text says why, and the remedy."""


class ForaDeLugar(Exception):
    """The bytes do not go on where the last ones ended: another request was faster, or an answer was lost."""


class Sumiu(Exception):
    """The transfer expired, or was given up."""


@transaction.atomic
def iniciar(usuario: Usuario, nome: str, tamanho: int) -> Transferencia:
    """Open a transfer of ``tamanho`` bytes. Raises TransferenciaRecusada."""
    visto = do_tamanho.verificar(tamanho)
    if visto.situacao == "reprovado":
        raise TransferenciaRecusada(capfirst(f"{visto.detalhe} {visto.conselho}"))
    agora = timezone.now()
    # Of two at once, the second counts the first.
    Usuario.objects.select_for_update(no_key=True).get(pk=usuario.pk)
    do_dia = Transferencia.objects.filter(usuario=usuario, iniciada_em__gt=agora - VIDA)
    contas = do_dia.aggregate(soma=Sum("tamanho", default=0), quantas=Count("pk"))
    if contas["quantas"] >= MAXIMO_POR_DIA:
        raise TransferenciaRecusada(
            f"Você já começou {MAXIMO_POR_DIA} envios nas últimas 24 horas, que é o limite. "
            "O que já enviou está guardado; continue amanhã."
        )
    if contas["soma"] + tamanho > settings.COTA_DIARIA:
        raise TransferenciaRecusada(
            f"Você já enviou {settings.COTA_DIARIA // MEGA} MB nas últimas 24 horas, que é o limite. "
            "O que já enviou está guardado; continue amanhã."
        )
    return Transferencia.objects.create(
        usuario=usuario, nome=nome_limpo(nome), tamanho=tamanho, iniciada_em=agora, expira_em=agora + VIDA
    )


def acrescentar(transferencia: Transferencia, deslocamento: int, pedacos: Iterable[bytes], a_vir: int) -> int:
    """Keep the ``a_vir`` bytes that begin at ``deslocamento``, as they come, and return where the next ones begin.

    The storage first, the row second: the line may be slow, so nothing is locked while bytes arrive. Of a slow line
    what came is kept every ``SEGUNDOS_ENTRE_NOTAS``, so that one that hangs loses little. Raises ForaDeLugar, Sumiu
    and TransferenciaRecusada.
    """
    novas: list[tuple[str, int]] = []
    corrente, tamanho = partes.Corrente(pedacos), partes.PRIMEIRA
    proxima = monotonic() + SEGUNDOS_ENTRE_NOTAS
    try:
        while a_vir and not corrente.acabou:
            chave, chegou = partes.guardar(corrente, min(tamanho, a_vir), proxima)
            novas.append((chave, chegou))
            a_vir -= chegou
            tamanho = max(partes.MENOR, min(2 * chegou, partes.MAIOR))  # what a slow line can fill
            if monotonic() >= proxima:
                deslocamento, novas = _anotar(transferencia, deslocamento, novas), []
                proxima = monotonic() + SEGUNDOS_ENTRE_NOTAS
        return _anotar(transferencia, deslocamento, novas) if novas else deslocamento
    except BaseException:
        for chave, _tamanho in novas:
            default_storage.delete(chave)
        raise


@transaction.atomic
def _anotar(transferencia: Transferencia, deslocamento: int, novas: list[tuple[str, int]]) -> int:
    travada = Transferencia.objects.select_for_update().filter(pk=transferencia.pk).first()
    if travada is None or travada.expira_em <= timezone.now():
        raise Sumiu
    if travada.deslocamento != deslocamento:
        raise ForaDeLugar
    if len(travada.partes) + len(novas) > MAXIMO_DE_PARTES:
        raise TransferenciaRecusada(
            "O envio foi interrompido vezes demais. Comece de novo com uma conexão melhor."
        )
    travada.partes += novas
    travada.deslocamento += sum(tamanho for _chave, tamanho in novas)
    travada.save(update_fields=["partes", "deslocamento"])
    return travada.deslocamento


def desistir(transferencia: Transferencia) -> None:
    """Delete what arrived: the storage first, the row second, so that nothing is left without a row."""
    with transaction.atomic():
        travada = Transferencia.objects.select_for_update().filter(pk=transferencia.pk).first()
        if travada is None:
            return
        for chave, _tamanho in travada.partes:
            default_storage.delete(chave)
        travada.delete()


def varrer(agora: datetime) -> int:
    """Delete the transfers that expired before ``agora``, and return how many."""
    vencidas = list(Transferencia.objects.filter(expira_em__lte=agora))
    for vencida in vencidas:
        desistir(vencida)
    return len(vencidas)


def varrer_partes(agora: datetime) -> int:
    """Delete the parts older than any transfer that lives at ``agora``, and return how many.

    They are left by a process that died after the storage and before the row.
    """
    return guarda.apagar_antigos(guarda.DE_PASSAGEM, agora - VIDA)


def abrir(transferencia: Transferencia) -> "ArquivoTransferido":
    """Return a finished transfer as a file. Raises Sumiu, and gives it up, when a part is gone or shorter.

    Parts are not forced to the disk, as what is kept is: a power cut may take the last seconds of them.
    """
    if not all(partes.tem(chave, tamanho) for chave, tamanho in transferencia.partes):
        desistir(transferencia)
        raise Sumiu
    return ArquivoTransferido(transferencia)


def escolhidas(usuario: Usuario, uuids: Sequence[str]) -> list[Transferencia]:
    """Return the finished transfers of the person that a form names, in its order; the others are left out."""
    validos = [uuid for texto in uuids if (uuid := _uuid(texto))]
    achadas = Transferencia.objects.filter(uuid__in=validos, usuario=usuario, expira_em__gt=timezone.now())
    por_uuid = {t.uuid: t for t in achadas if t.completa}
    return [por_uuid[uuid] for uuid in dict.fromkeys(validos) if uuid in por_uuid]


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None


def manter(usuario: Usuario, arquivo: UploadedFile) -> UUID:
    """Keep a file that came inside a form, as if it had been sent ahead. Raises TransferenciaRecusada."""
    if isinstance(arquivo, ArquivoTransferido):
        return arquivo.transferencia.uuid
    transferencia = iniciar(usuario, arquivo.name or "", arquivo.size or 0)
    acrescentar(transferencia, 0, arquivo.chunks(), transferencia.tamanho)
    return transferencia.uuid


def marcar_usados(arquivos: Sequence[UploadedFile]) -> None:
    """Let the sweep take what a form has turned into a document, after an hour."""
    usadas = [arquivo.transferencia.pk for arquivo in arquivos if isinstance(arquivo, ArquivoTransferido)]
    ate = timezone.now() + VIDA_DEPOIS_DE_USADA
    Transferencia.objects.filter(pk__in=usadas, expira_em__gt=ate).update(expira_em=ate)


class ArquivoTransferido(UploadedFile):
    """A finished transfer, as forms and journeys know uploaded files. Holds one part in memory at a time."""

    def __init__(self, transferencia: Transferencia) -> None:
        self.transferencia = transferencia
        leitor = BufferedReader(partes.Partes(transferencia.partes))
        super().__init__(leitor, transferencia.nome, None, transferencia.tamanho)
