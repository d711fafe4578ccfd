"""Password rules beyond Django's own: words of the context are refused (ASVS 6.2.11)."""

import re
import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from contas.models import Usuario

PALAVRAS_DO_PORTAL = ("cagec", "convenente", "minasgerais", "segov", "prefeitura")


def _simples(texto: str) -> str:
    sem_acento = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", sem_acento)


class PalavrasDeContextoValidator:
    """Refuse a password that is easy to guess for who knows the person or the portal."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when most of the password is a word of the portal or of the person."""
        senha = _simples(password)
        for palavra in (*PALAVRAS_DO_PORTAL, *self._da_pessoa(user)):
            if palavra in senha and len(senha) - len(palavra) < 8:
                raise ValidationError(
                    "Esta senha é fácil de adivinhar: não use seu nome, CPF, e-mail nem palavras do portal.",
                    code="senha_com_contexto",
                )

    def get_help_text(self) -> str:
        return "Não use seu nome, CPF, e-mail nem palavras do portal, como CAGEC."

    def _da_pessoa(self, user: AbstractBaseUser | None) -> list[str]:
        if not isinstance(user, Usuario):
            return []
        nomes = f"{user.nome_civil} {user.nome_social}".split()
        partes = [*nomes, user.email.split("@")[0], user.cpf]
        return [p for p in map(_simples, partes) if len(p) >= 4]
