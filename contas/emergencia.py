"""Breaking the glass: an administrator lost the second factor and nobody else may decide the identity request.

The operator does it from the server; the journeys of everybody else are in ``documentos.identidade``.
"""

from django.db import transaction

from cagec.correio.fila import enfileirar
from contas import fatores, sessoes
from contas.models import Usuario
from contas.seguranca import Origem

OPERADOR = "operação do portal"
_DO_SERVIDOR = Origem(None, "")


class NaoSeAplica(Exception):
    """There is another way, or nothing to take away. The message says so to the operator."""


@transaction.atomic
def retirar_segundo_fator(cpf: str) -> Usuario:
    """Take the second factor of somebody of the team away, end the sessions, log it and tell every administrator.

    The password stays, and the first thing that it opens is the page that sets another factor up
    (``contas.middleware.SegundoFatorDaEquipe``). Raises NaoSeAplica.
    """
    usuario = Usuario.objects.filter(cpf=cpf, is_active=True).first()
    if usuario is None:
        raise NaoSeAplica("Nenhuma conta ativa tem este CPF.")
    if not usuario.is_staff:
        raise NaoSeAplica(
            "Esta conta não é da equipe: a pessoa faz um pedido de identidade, que a equipe decide."
        )
    evento = fatores.retirar_todos(usuario, _DO_SERVIDOR, por=OPERADOR)
    if evento is None:
        raise NaoSeAplica("Esta conta não tem segundo fator. Na próxima entrada ela cadastra um.")
    sessoes.encerrar(sessoes.abertas(usuario), usuario, _DO_SERVIDOR)
    for administrador in Usuario.objects.filter(is_superuser=True, is_active=True).order_by("id"):
        enfileirar(
            f"segundo-fator-retirado:{evento.pk}:{administrador.uuid}",
            "contas.segundo_fator_retirado",
            administrador.email,
            {"evento": evento.pk},
            usuario=administrador,
        )
    return usuario
