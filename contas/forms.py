"""Forms of accounts."""

from allauth.account.forms import LoginForm


class EntrarForm(LoginForm):  # type: ignore[misc] # allauth ships no types
    """Sign-in with CPF, typed in any way, or with an e-mail that only one person has."""
