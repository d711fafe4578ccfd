"""Who looked at an identity document or selfie (LGPD, art. 6º, X; docs/dominio.md, LGPD)."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from contas.models import Usuario
from documentos.models import Arquivo, PedidoDeIdentidade, VisualizacaoSigilosa

# Upper apps say which files are about a person, whoever sent them.
sobre_a_pessoa: list[Callable[[Usuario], QuerySet[Arquivo]]] = []


def registrar(arquivo: Arquivo, usuario: Usuario, ip: str | None) -> None:
    """Note that a person read a sensitive file. Reading one's own leaves no note.

    It is the one thing that a GET writes: evidence of the reading itself, which must exist even if the reader
    never comes back.
    """
    if arquivo.enviado_por_id == usuario.pk or not _sigiloso(arquivo):
        return
    VisualizacaoSigilosa.objects.create(arquivo=arquivo, usuario=usuario, ip=ip)


def _sigiloso(arquivo: Arquivo) -> bool:
    de_pedido = PedidoDeIdentidade.objects.filter(Q(documento=arquivo) | Q(selfie=arquivo))
    return arquivo.documentos.filter(tipo__sigiloso=True).exists() or de_pedido.exists()


def dos_arquivos_de(usuario: Usuario) -> QuerySet[VisualizacaoSigilosa]:
    """Readings, by others, of the sensitive files that the person sent or that are about the person, newest first."""
    meus = Q(arquivo__enviado_por=usuario)
    for arquivos in sobre_a_pessoa:
        meus |= Q(arquivo__in=arquivos(usuario))
    leituras = VisualizacaoSigilosa.objects.filter(meus).exclude(usuario=usuario)
    return leituras.select_related("arquivo", "usuario")
