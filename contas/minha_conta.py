"""What a person changes in the own account."""

from django.db import transaction

from contas import sessoes
from contas.models import EventoDeSeguranca, Usuario
from contas.seguranca import Origem, registrar


def mudar_contato(usuario: Usuario, *, nome_social: str, telefone: str) -> None:
    """Change what needs no proof. The nome civil is changed by the team, the e-mail by ``troca_de_email``."""
    usuario.nome_social = nome_social
    usuario.telefone = telefone
    usuario.save(update_fields=["nome_social", "telefone"])


@transaction.atomic
def mudar_senha(usuario: Usuario, senha: str, de: Origem, *, sessao: str | None) -> None:
    """Change the password, end every session but the one whose key is ``sessao``, and tell the person by mail."""
    usuario.set_password(senha)
    usuario.save(update_fields=["password"])
    registrar(EventoDeSeguranca.Tipo.SENHA_ALTERADA, usuario, de)
    sessoes.encerrar(sessoes.outras(usuario, sessao), usuario, de)
