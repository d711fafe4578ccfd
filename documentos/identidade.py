"""The identity request: "CPF já usado por outra pessoa" or a lost e-mail, decided by the team.

docs/dominio.md, Roles.
"""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar
from contas.convites import convidar
from contas.models import Convite, Usuario
from documentos import envio
from documentos.models import PedidoDeIdentidade


class JaDecidido(Exception):
    """Somebody in the team decided this request before."""

    def __init__(self) -> None:
        super().__init__("Este pedido já foi decidido.")


def pedir(
    *, chave_envio: UUID, documento: UploadedFile, selfie: UploadedFile, **dados: Any
) -> PedidoDeIdentidade:
    """Open a request. The same ``chave_envio`` is one. Raises ``envio.ArquivoRecusado``."""
    existente = PedidoDeIdentidade.objects.filter(chave_envio=chave_envio).first()
    if existente is not None:
        return existente
    verificados = envio.verificar(documento), envio.verificar(selfie)
    with transaction.atomic():
        guardados = [envio.guardar_verificado(v, None) for v in verificados]
        pedido, _ = PedidoDeIdentidade.objects.get_or_create(
            chave_envio=chave_envio, defaults={**dados, "documento": guardados[0], "selfie": guardados[1]}
        )
    return pedido


@transaction.atomic
def aceitar(pedido: PedidoDeIdentidade, analista: Usuario) -> None:
    """Give the account of the CPF to who asked: new e-mail, old password and sessions gone, a link to set another.

    The old address is told. Without an account, an ordinary set-up link leaves. Raises JaDecidido.
    """
    travado = _travar(pedido)
    usuario = Usuario.objects.select_for_update().filter(cpf=travado.cpf).first()
    if usuario is not None:
        _trocar_email(usuario, travado)
    convidar(
        Convite.Motivo.RECUPERACAO if usuario else Convite.Motivo.NOVO_USUARIO,
        travado.cpf,
        usuario.nome_civil if usuario else travado.nome,
        travado.email,
        telefone=travado.telefone,
        criado_por=analista,
        usuario=usuario,
        chave_envio=travado.chave_envio,
        mensagem="contas.recuperacao" if usuario else "contas.convite",
    )
    _decidir(travado, analista, PedidoDeIdentidade.Estado.ACEITO, "")


@transaction.atomic
def recusar(pedido: PedidoDeIdentidade, analista: Usuario, resposta: str) -> None:
    """Refuse, with a reason that goes to who asked. Raises JaDecidido."""
    travado = _travar(pedido)
    _decidir(travado, analista, PedidoDeIdentidade.Estado.RECUSADO, resposta)
    enfileirar(
        f"identidade:{travado.uuid}",
        "documentos.identidade_recusada",
        travado.email,
        {"pedido": str(travado.uuid)},
    )


def _travar(pedido: PedidoDeIdentidade) -> PedidoDeIdentidade:
    travado = PedidoDeIdentidade.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    if travado.estado != PedidoDeIdentidade.Estado.ABERTO:
        raise JaDecidido
    return travado


def _trocar_email(usuario: Usuario, pedido: PedidoDeIdentidade) -> None:
    antigo = usuario.email
    usuario.email = pedido.email
    # Another password ends every open session: Django binds them to its hash.
    usuario.set_unusable_password()
    usuario.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=usuario).delete()
    if antigo.lower() != pedido.email.lower():
        enfileirar(f"identidade-antigo:{pedido.uuid}", "documentos.identidade_email_trocado", antigo, {})


def _decidir(pedido: PedidoDeIdentidade, analista: Usuario, estado: str, resposta: str) -> None:
    pedido.estado = estado
    pedido.resposta = resposta
    pedido.decidido_por = analista
    pedido.decidido_em = timezone.now()
    pedido.save()
