"""Who looked at an identity document or selfie, and what for (LGPD, art. 6º, I and X; docs/dominio.md, LGPD)."""

from collections.abc import Callable

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from contas.models import Usuario
from documentos.models import Arquivo, PedidoDeIdentidade, VisualizacaoSigilosa

CONSULTA = "consulta"
_selo = Signer(salt="documentos.visualizacoes")
# Upper apps say which files are about a person, whoever sent them.
sobre_a_pessoa: list[Callable[[Usuario], QuerySet[Arquivo]]] = []


def selar(finalidade: str) -> str:
    """Return the purpose as the address of a file carries it: only the page that offers the file can write it."""
    return _selo.sign(finalidade)


def finalidade(selada: str) -> str:
    """Return the purpose that a page of ours sealed; without one, that it was just looked up."""
    try:
        return _selo.unsign(selada)
    except BadSignature:
        return CONSULTA


def de_terceiro(arquivo: Arquivo, usuario: Usuario) -> bool:
    """Tell whether the file is sensitive and of somebody else: it is shown marked, and each reading is noted."""
    return _sigiloso(arquivo) and not Arquivo.objects.filter(_da_pessoa(usuario), pk=arquivo.pk).exists()


def registrar(arquivo: Arquivo, usuario: Usuario, ip: str | None, finalidade: str) -> None:
    """Note that a person read a sensitive file of somebody else.

    It is the one thing that a GET writes: evidence of the reading itself, which must exist even if the reader
    never comes back.
    """
    VisualizacaoSigilosa.objects.create(arquivo=arquivo, usuario=usuario, ip=ip, finalidade=finalidade)


def _sigiloso(arquivo: Arquivo) -> bool:
    de_pedido = PedidoDeIdentidade.objects.filter(Q(documento=arquivo) | Q(selfie=arquivo))
    return arquivo.documentos.filter(tipo__sigiloso=True).exists() or de_pedido.exists()


def _da_pessoa(usuario: Usuario) -> Q:
    """Files that the person sent, that are in the personal folder, or that are about the person."""
    dela = Q(enviado_por=usuario) | Q(documentos__pasta__pessoal__usuario=usuario)
    for arquivos in sobre_a_pessoa:
        dela |= Q(pk__in=arquivos(usuario))
    return dela


def dos_arquivos_de(usuario: Usuario) -> QuerySet[VisualizacaoSigilosa]:
    """Readings, by others, of the sensitive files that the person sent or that are about the person, newest first."""
    dela = Arquivo.objects.filter(_da_pessoa(usuario)).values("pk")
    leituras = VisualizacaoSigilosa.objects.filter(arquivo__in=dela).exclude(usuario=usuario)
    return leituras.select_related("arquivo", "usuario")
