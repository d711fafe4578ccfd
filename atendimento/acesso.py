"""The only door to a request for help on behalf of a person. An outsider gets a 404."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from atendimento import enderecos
from atendimento.models import Chamado, MensagemDoChamado
from atendimento.models.chamados import ChamadoQuerySet
from contas.models import Usuario
from documentos.models import Arquivo


def chamados_de(usuario: Usuario) -> ChamadoQuerySet:
    """Requests that the person opened while signed in."""
    return Chamado.objects.filter(usuario=usuario).select_related("convenente", "juntado_a")


def chamado_para(usuario: Usuario, uuid: UUID) -> Chamado:
    """Return a request that the person opened. Raises Http404."""
    chamado = chamados_de(usuario).filter(uuid=uuid).first()
    if chamado is None:
        raise Http404
    return chamado


def chamado_do_link(chave: str) -> Chamado:
    """Return the request that a mailed link opens. Raises Http404."""
    chamado = enderecos.chamado_do_link(chave)
    if chamado is None:
        raise Http404
    return chamado


def arquivo_do_link(chamado: Chamado, uuid: UUID) -> Arquivo:
    """Return a file of the thread that a mailed link opens, once its checks ended well. Raises Http404."""
    da_conversa = MensagemDoChamado.objects.filter(_da_conversa(chamado), interna=False)
    prontos = Arquivo.objects.filter(estado=Arquivo.Estado.PRONTO, origem=None)
    arquivo = (
        prontos.filter(uuid=uuid, mensagens_de_chamado__in=da_conversa).prefetch_related("copias").first()
    )
    if arquivo is None:
        raise Http404
    return arquivo


def _da_conversa(chamado: Chamado) -> Q:
    return Q(chamado=chamado) | Q(chamado__juntado_a=chamado)


def mensagens(chamado: Chamado, *, internas: bool = False) -> QuerySet[MensagemDoChamado]:
    """Return the thread, with those of the requests joined to it; the team's notes only for the team."""
    todas = MensagemDoChamado.objects.filter(_da_conversa(chamado))
    if not internas:
        todas = todas.filter(interna=False)
    arquivos = Prefetch("arquivos", Arquivo.objects.order_by("pk"))
    return todas.select_related("autor", "chamado").prefetch_related(arquivos)


def le_arquivo(usuario: Usuario, arquivo: Arquivo, hoje: date) -> bool:
    """Tell whether a file belongs to a thread that the person reads (``documentos.acesso``)."""
    com_o_arquivo = MensagemDoChamado.objects.filter(arquivos=arquivo)
    if usuario.is_staff and usuario.has_perm("atendimento.view_chamado"):
        return com_o_arquivo.exists()
    return com_o_arquivo.filter(chamado__usuario=usuario, interna=False).exists()
