"""Forms of the second factor."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from cagec.cifra import Ilegivel
from contas import fatores
from contas.models import Usuario

_VALE_SEGUNDOS = 4 * fatores.PERIODO_SEGUNDOS  # longer than MFA_TOTP_TOLERANCE lets a code live


def _campo_de_codigo(**opcoes: Any) -> forms.CharField:
    atributos = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs=atributos), **opcoes)


class _CodigoForm:
    """A code of the application, good for one use, or a recovery code."""

    user: Usuario
    fields: dict[str, forms.Field]
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _campo_de_codigo(
            label="Código",
            help_text="Os 6 números que o aplicativo mostra, ou um código de recuperação de 8 números.",
        )

    def clean_code(self) -> str:
        """Raise ValidationError when it is wrong, was used before while it was still good, or cannot be checked.

        The last happens when the key that encrypted the factor was retired too soon; the page says the way out.
        """
        try:
            codigo: str = super().clean_code()  # type: ignore[misc]
        except Ilegivel as erro:
            raise get_adapter().validation_error("incorrect_code") from erro
        usado = f"codigo-usado:{self.user.pk}:{normalize_user_code(codigo)}"
        if not cache.add(usado, True, timeout=_VALE_SEGUNDOS):
            raise get_adapter().validation_error("incorrect_code")
        return codigo


class EntrarComCodigoForm(_CodigoForm, AuthenticateForm):
    """The second step of signing in."""


class ConfirmarComCodigoForm(_CodigoForm, ReauthenticateForm):
    """The confirmation of who has no password."""


class AtivarAplicativoForm(forms.Form):
    """The code that proves that the application has ``segredo``, which the page shows."""

    codigo = _campo_de_codigo(label="Código de 6 números que o aplicativo mostra")

    def __init__(self, *args: Any, segredo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.segredo = segredo

    def clean_codigo(self) -> str:
        """Raise ValidationError when the application shows another code."""
        codigo: str = self.cleaned_data["codigo"]
        if not validate_totp_code(self.segredo, codigo):
            raise ValidationError(
                "O código não confere. Leia de novo o QR code desta página, veja se a hora do celular está certa e "
                "digite o código que o aplicativo mostra agora."
            )
        return codigo


class ChaveForm(AddWebAuthnForm):
    """A key of access and the name that its owner gives it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Nome da chave",
            help_text="Para você reconhecê-la depois, por exemplo “Meu celular”.",
            required=False,
            max_length=60,
        )
        self.order_fields(["name", "credential"])
