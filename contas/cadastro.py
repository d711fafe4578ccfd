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
    """Mail a set-up link, or tell the owner of the account that it exists, if the e-mail is his."""
    usuario = Usuario.objects.filter(cpf=cpf).first()
    if usuario is None:
        convidar(
            Convite.Motivo.NOVO_USUARIO,
            cpf,
            nome_civil,
            email,
            nome_social=nome_social,
            telefone=telefone,
            chave_envio=chave_envio,
        )
    elif usuario.email.lower() == email.lower():
        enfileirar(f"ja-cadastrado:{chave_envio}", "contas.ja_cadastrado", usuario.email, {}, usuario=usuario)
