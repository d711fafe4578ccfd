"""The only door to a file. Upper apps say in ``permissoes`` who else may read it; no answer means no."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from contas.models import Usuario
from documentos.models import Arquivo, Assinatura, PastaPessoal, PedidoDeIdentidade, Transferencia

permissoes: list[Callable[[Usuario, Arquivo, date], bool]] = []


def arquivo_para(usuario: Usuario, uuid: UUID, hoje: date) -> Arquivo:
    """Return a file that the person keeps in the personal folder or may read on ``hoje``. Raises Http404.

    Who sent a file reads it while it is in no folder: from then on it belongs to the owner of the folder.
    Nobody reads a file whose checks have not ended well. A cleaned copy leads to the file it was made of.
    """
    prontos = Arquivo.objects.filter(estado=Arquivo.Estado.PRONTO, origem=None)
    arquivo = prontos.filter(Q(uuid=uuid) | Q(copias__uuid=uuid)).prefetch_related("copias").first()
    if arquivo is None or not _pode_ler(usuario, arquivo, hoje):
        raise Http404
    return arquivo


def le_originais(usuario: Usuario) -> bool:
    """Tell whether the person may read the very bytes that were sent, beside the cleaned copy: the team only."""
    return usuario.is_staff and usuario.has_perm("documentos.view_documento")


def _pode_ler(usuario: Usuario, arquivo: Arquivo, hoje: date) -> bool:
    donos = PastaPessoal.objects.filter(pasta__documentos__arquivos=arquivo).values_list("usuario", flat=True)
    solto = arquivo.enviado_por_id == usuario.pk and not arquivo.documentos.exists()
    if usuario.pk in donos or solto:
        return True
    if usuario.is_staff and usuario.has_perm("documentos.view_pedidodeidentidade") and _de_pedido(arquivo):
        return True
    return any(permissao(usuario, arquivo, hoje) for permissao in permissoes)


def _de_pedido(arquivo: Arquivo) -> bool:
    return PedidoDeIdentidade.objects.filter(Q(documento=arquivo) | Q(selfie=arquivo)).exists()


def assinatura_publica(codigo: str) -> Assinatura | None:
    """Return the signature with this code, if there is one. Whoever has the code may check it."""
    assinaturas = Assinatura.objects.select_related("declaracao", "pdf", "declaracao__documento__tipo")
    return assinaturas.filter(codigo=codigo.upper()).first()


def transferencia_para(usuario: Usuario, uuid: UUID) -> Transferencia:
    """Return a file that the person is sending, until it expires. Raises Http404."""
    achada = Transferencia.objects.filter(uuid=uuid, usuario=usuario, expira_em__gt=timezone.now()).first()
    if achada is None:
        raise Http404
    return achada
