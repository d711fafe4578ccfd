"""How allauth behaves here: no sign-up of its own, the CPF as the user name, messages with the way out."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adaptador(DefaultAccountAdapter):
    """Accounts are created only by the page that sets the password (``contas.convites``)."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "O CPF ou e-mail e a senha não conferem. Confira o que digitou ou use “Esqueci a senha ou estou "
            "bloqueado”. Se mais de uma pessoa usa o mesmo e-mail, entre com o CPF."
        ),
        "too_many_login_attempts": (
            "Foram muitas tentativas com senha errada e a entrada está bloqueada por cinco minutos. "
            "Aguarde ou use “Esqueci a senha ou estou bloqueado”."
        ),
        "incorrect_password": "A senha não confere. Digite a senha que você usa para entrar no portal.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def desbloquear(self, request: HttpRequest, cpf: str) -> None:
        """Forget the wrong passwords typed for a CPF, since its owner has just proved the e-mail."""
        self._delete_login_attempts_cached_email(request, username=cpf)
