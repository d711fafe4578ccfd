"""The password that signs."""

from django import forms


class SenhaForm(forms.Form):
    """The password retyped."""

    senha = forms.CharField(
        label="Sua senha",
        strip=False,
        max_length=128,
        help_text="A mesma que você usa para entrar no portal. Ela vale como a sua assinatura.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Digite a sua senha para assinar."},
    )


class AssinarForm(SenhaForm):
    """The same, with the hash of what the page shows."""

    resumo_lido = forms.CharField(widget=forms.HiddenInput, max_length=64)
