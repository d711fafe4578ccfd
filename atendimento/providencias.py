"""What the team can do about the access of who asked, by the journeys of the accounts.

Each one ends in a mailbox of the account itself: whoever only writes from another address gains nothing by it. A lost
mailbox needs document and selfie (docs/decisoes/0031).
"""

from collections.abc import Callable
from uuid import uuid5

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from atendimento import mesa
from atendimento.chamados import NaoPode
from atendimento.eventos import registrar
from atendimento.models import Chamado
from contas import convites, recuperacao
from contas.models import Convite, Usuario

_TROCA_DE_EMAIL = """\
Para trocar o e-mail da sua conta, a equipe precisa ter certeza de que é você.

Abra {endereco} e envie uma foto do seu documento e uma selfie segurando-o. Use ali o e-mail novo: a resposta vai
para ele."""


def conta_de(chamado: Chamado) -> Usuario | None:
    """Return the account of who asked: that which was signed in, or of the CPF given, which proves nothing."""
    if chamado.usuario or not chamado.cpf:
        return chamado.usuario
    return Usuario.objects.filter(cpf=chamado.cpf).first()


@transaction.atomic
def enviar_link(request: HttpRequest, chamado: Chamado, por: Usuario) -> str:
    """Mail the link that gives access, to the address of the account, or of the invitation. Returns what to tell.

    Raises NaoPode when there is neither.
    """
    conta = conta_de(chamado)
    vez = uuid5(chamado.uuid, f"link:{chamado.eventos.filter(tipo='link_enviado').count()}")
    convite = Convite.objects.filter(cpf=chamado.cpf or "-", usado_em=None).order_by("-criado_em").first()
    if conta is not None and conta.is_active:
        recuperacao.pedir(conta.cpf, conta.email, vez)
    elif conta is None and convite is not None:
        convites.reenviar(convite, vez)
    else:
        raise NaoPode("Não há conta nem convite com este CPF. Peça que a pessoa se cadastre em Novo usuário.")
    registrar(chamado, "link_enviado", por)
    return "Link a caminho, para o e-mail do cadastro."


@transaction.atomic
def desbloquear(request: HttpRequest, chamado: Chamado, por: Usuario) -> str:
    """Forget the wrong passwords typed for the account. Raises NaoPode when there is none."""
    conta = conta_de(chamado)
    if conta is None:
        raise NaoPode("Não há conta com este CPF.")
    get_adapter(request).desbloquear(request, conta)
    registrar(chamado, "desbloqueado", por)
    return "Entrada desbloqueada. A pessoa já pode tentar de novo."


def pedir_provas(request: HttpRequest, chamado: Chamado, por: Usuario) -> str:
    """Begin the change of a lost e-mail: tell the person how to send document and selfie. Raises NaoPode."""
    texto = _TROCA_DE_EMAIL.format(endereco=settings.ENDERECO + reverse("pedido_de_identidade"))
    mesa.responder(chamado, por, texto, chave_envio=chamado.uuid, pergunta=True)
    return "Orientação a caminho. O pedido aparece em Pedidos de identidade."


PROVIDENCIAS: dict[str, Callable[[HttpRequest, Chamado, Usuario], str]] = {
    "enviar_link": enviar_link,
    "desbloquear": desbloquear,
    "pedir_provas": pedir_provas,
}
