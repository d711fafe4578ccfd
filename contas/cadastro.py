"""The "novo usuário" request. The answer is the same whether or not the CPF has an account."""

from uuid import UUID

from django.db import transaction

from cagec.correio.fila import enfileirar
from contas.convites import convidar
from contas.models import Convite, Usuario


@transaction.atomic
def pedir(
    cpf: str, nome_civil: str, email: str, *, nome_social: str, telefone: str, chave_envio: UUID
) -> None:
    """Mail a set-up link, or tell the owner of the account that it exists, if the e-mail is his.

    Another address gets the usual link even when the CPF has an account, so nobody learns that from the mail;
    the POST of its page says so and shows the way to the identity request.
    """
    dono = Usuario.objects.filter(cpf=cpf, email__iexact=email).first()
    if dono is not None:
        enfileirar(
            f"ja-cadastrado:{chave_envio}:{dono.uuid}", "contas.ja_cadastrado", dono.email, {}, usuario=dono
        )
        return
    convidar(
        Convite.Motivo.NOVO_USUARIO,
        cpf,
        nome_civil,
        email,
        nome_social=nome_social,
        telefone=telefone,
        chave_envio=chave_envio,
    )
