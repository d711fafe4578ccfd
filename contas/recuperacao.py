"""One entry for "esqueci a senha" and "estou bloqueado" (docs/dominio.md, Roles)."""

from uuid import UUID

from contas.convites import convidar
from contas.models import Convite, Usuario


def pedir(cpf: str, email: str, chave_envio: UUID) -> None:
    """Mail a link when CPF and e-mail belong together. The caller answers the same in every case."""
    usuario = Usuario.objects.filter(cpf=cpf, email__iexact=email, is_active=True).first()
    if usuario is None:
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
