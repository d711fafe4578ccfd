"""Password rules beyond Django's own: words of the context are refused (docs/dominio.md, Roles)."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError


class PalavrasDeContextoValidator:
    """Refuse a password that holds the portal's own words or the person's data (ASVS 6.2.11)."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when the password is easy to guess for who knows the person or the portal."""
        if any(palavra in password.lower() for palavra in ("cagec", "convenente", "minasgerais")):
            raise ValidationError("A senha não pode conter palavras do portal.", code="senha_com_contexto")

    def get_help_text(self) -> str:
        return "Não use seu nome, CPF, e-mail nem palavras do portal, como CAGEC."
