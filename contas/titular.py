"""Requests of a person about the own data (LGPD, art. 18), and the team's answer."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from cagec.tempo import hoje
from contas import ganchos
from contas.models import PedidoDoTitular, Usuario


class NaoPodePedir(Exception):
    """There is a request of this kind under way. The message says so to the person."""


class NaoPodeDecidir(Exception):
    """The decision was not taken. The message says why."""


def pedir(usuario: Usuario, tipo: str, texto: str, chave_envio: UUID) -> PedidoDoTitular:
    """Open a request and tell its author by mail. The same key with the same content is one.

    Raises NaoPodePedir.
    """
    chave = chave_do_conteudo(chave_envio, usuario.uuid, tipo, texto)
    try:
        with transaction.atomic():
            pedido, criado = PedidoDoTitular.objects.get_or_create(
                chave_envio=chave, defaults={"usuario": usuario, "tipo": tipo, "texto": texto}
            )
            if criado:
                _avisar(pedido, "contas.pedido_do_titular_recebido")
    except IntegrityError as erro:
        raise NaoPodePedir("Você já tem um pedido deste tipo em análise. Aguarde a resposta.") from erro
    return pedido


@transaction.atomic
def decidir(pedido: PedidoDoTitular, analista: Usuario, *, atendido: bool, resposta: str) -> None:
    """Grant or refuse, and mail the answer. An erasure that is granted is carried out later, by command.

    Raises NaoPodeDecidir when it was decided before, or the person still acts for somebody.
    """
    travado = PedidoDoTitular.objects.select_for_update().get(pk=pedido.pk)
    if travado.estado != PedidoDoTitular.Estado.ABERTO:
        raise NaoPodeDecidir("Este pedido já foi decidido.")
    if atendido and travado.tipo == PedidoDoTitular.Tipo.ELIMINACAO:
        exigir_sem_impedimento(travado.usuario)
    travado.estado = PedidoDoTitular.Estado.ATENDIDO if atendido else PedidoDoTitular.Estado.RECUSADO
    travado.resposta = resposta
    travado.decidido_por = analista
    travado.decidido_em = timezone.now()
    travado.save()
    _avisar(travado, "contas.pedido_do_titular_decidido")


def exigir_sem_impedimento(usuario: Usuario) -> None:
    """Raise NaoPodeDecidir, with the reason, for a person whose data cannot be erased today."""
    motivos = ["A pessoa é da equipe CAGEC."] if usuario.is_staff else []
    motivos += [motivo for impede in ganchos.impedimentos for motivo in impede(usuario, hoje())]
    if motivos:
        raise NaoPodeDecidir(" ".join(motivos))


def _avisar(pedido: PedidoDoTitular, tipo: str) -> None:
    contexto = {"pedido": str(pedido.uuid)}
    enfileirar(f"{tipo}:{pedido.uuid}", tipo, pedido.usuario.email, contexto, usuario=pedido.usuario)
