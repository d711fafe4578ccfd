"""How allauth behaves here: no sign-up of its own, the CPF as the user name."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adaptador(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts are created only by the page that sets the password (``contas.convites``)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def desbloquear(self, request: HttpRequest, cpf: str) -> None:
        """Forget the wrong passwords typed for a CPF, since its owner has just proved the e-mail."""
        self._delete_login_attempts_cached_email(request, username=cpf)
