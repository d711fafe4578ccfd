"""The password that signs."""

from django import forms


class AssinarForm(forms.Form):
    """The hash of what the page shows, and the password retyped."""

    resumo_lido = forms.CharField(widget=forms.HiddenInput, max_length=64)
    senha = forms.CharField(
        label="Sua senha",
        strip=False,
        max_length=128,
        help_text="A mesma que você usa para entrar no portal. Ela vale como a sua assinatura.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Digite a sua senha para assinar."},
    )
