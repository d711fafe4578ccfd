"""Form field of the CPF."""

from typing import Any

from django import forms

from contas.documentos_pessoais import cpf_valido, limpar_cpf


class CPFField(forms.CharField):
    """A CPF typed in any way; the value is its 11 digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "CPF")
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-mascara": "cpf"}),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError when the check digits do not match."""
        cpf = limpar_cpf(super().clean(value))
        if cpf and not cpf_valido(cpf):
            raise forms.ValidationError("CPF inválido. Confira os 11 números digitados.", code="cpf")
        return cpf
