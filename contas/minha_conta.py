"""What a person changes in the own account."""

from django.db import transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar
from contas.models import Usuario


def mudar_contato(usuario: Usuario, *, nome_social: str, telefone: str) -> None:
    """Change what needs no proof. The nome civil is changed by the team, the e-mail by ``troca_de_email``."""
    usuario.nome_social = nome_social
    usuario.telefone = telefone
    usuario.save(update_fields=["nome_social", "telefone"])


@transaction.atomic
def mudar_senha(usuario: Usuario, senha: str) -> None:
    """Change the password, which ends the sessions on other devices, and tell the person by mail."""
    usuario.set_password(senha)
    usuario.save(update_fields=["password"])
    ocorrencia = f"senha-alterada:{usuario.uuid}:{timezone.now():%Y%m%d%H%M%S%f}"
    enfileirar(ocorrencia, "contas.senha_alterada", usuario.email, {}, usuario=usuario)
