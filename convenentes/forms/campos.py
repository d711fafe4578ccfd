"""Fields that several forms of requests use."""

import re
from typing import Any

from django import forms

from convenentes.cnpj import cnpj_valido, limpar_cnpj


class CNPJField(forms.CharField):
    """A CNPJ typed in any way, numeric or alphanumeric; the value is its 14 stored characters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "CNPJ")
        super().__init__(
            max_length=25,
            widget=forms.TextInput(attrs={"autocomplete": "off", "data-mascara": "cnpj"}),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError when the check digits do not match."""
        digitado = super().clean(value)
        cnpj = limpar_cnpj(digitado)
        if digitado and not cnpj_valido(cnpj):
            raise forms.ValidationError(
                "CNPJ inválido. Confira os 14 números ou letras digitados, com os dois dígitos finais.",
                code="cnpj",
            )
        return cnpj


class CEPField(forms.CharField):
    """A CEP; the value is its 8 digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="CEP",
            max_length=12,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "postal-code", "data-mascara": "cep"}
            ),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError when it does not have 8 digits."""
        digitado = super().clean(value)
        cep = re.sub(r"[^0-9]", "", digitado)
        if digitado and len(cep) != 8:
            raise forms.ValidationError("O CEP tem 8 números. Exemplo: 30130-000.", code="cep")
        return cep


class TelefoneField(forms.CharField):
    """A Brazilian telephone with area code, kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Telefone com DDD",
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError when it has not 10 or 11 digits."""
        telefone: str = super().clean(value)
        if telefone and len(re.sub(r"[^0-9]", "", telefone)) not in {10, 11}:
            raise forms.ValidationError("Informe o DDD e o número. Exemplo: (31) 3333-4444.", code="telefone")
        return telefone


class EscolhaField(forms.ModelChoiceField[Any]):
    """A choice among rows. PostgreSQL takes no NUL: such a value is a wrong choice, not an error of ours."""

    def to_python(self, value: Any) -> Any:
        """Raise ValidationError for a value that is not in the list."""
        if "\x00" in str(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def sim_ou_nao(pergunta: str, **kwargs: Any) -> forms.TypedChoiceField:
    """Return a yes/no as two radio buttons; the value is a bool."""
    return forms.TypedChoiceField(
        label=pergunta,
        choices=[("sim", "Sim"), ("nao", "Não")],
        coerce=lambda valor: valor == "sim",
        widget=forms.RadioSelect,
        error_messages={"required": "Responda sim ou não."},
        **kwargs,
    )
