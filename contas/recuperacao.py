"""One entry for "esqueci a senha" and "estou bloqueado" (docs/dominio.md, Roles)."""

from uuid import UUID

from django.db import transaction

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from contas.convites import convidar
from contas.models import Convite, Usuario


@transaction.atomic
def pedir(cpf: str, email: str, chave_envio: UUID) -> None:
    """Mail a link when CPF and e-mail belong together, otherwise tell that address that they do not.

    The caller answers the same in every case, and the same rows are written.
    """
    usuario = Usuario.objects.filter(cpf=cpf, email__iexact=email, is_active=True).first()
    if usuario is None:
        enfileirar(f"sem-conta:{chave_do_conteudo(chave_envio, email)}", "contas.sem_conta", email, {})
        return
    convidar(
        Convite.Motivo.RECUPERACAO,
        usuario.cpf,
        usuario.nome_civil,
        usuario.email,
        nome_social=usuario.nome_social,
        usuario=usuario,
        chave_envio=chave_envio,
        mensagem="contas.recuperacao",
    )
