"""Form fields of a person's data."""

import re
import unicodedata
from typing import Any

from django import forms

from contas.documentos_pessoais import cpf_valido, limpar_cpf

# Letters of any alphabet; a point only ends an abbreviation, so that no address can be mailed as a name.
_NOME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’\-]|\.(?= |$))*")


class CPFField(forms.CharField):
    """A CPF typed in any way; the value is its 11 digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "CPF")
        super().__init__(
            max_length=20,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "data-mascara": "cpf"}
            ),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError when the check digits do not match."""
        digitado = super().clean(value)
        cpf = limpar_cpf(digitado)
        if digitado and not cpf_valido(cpf):
            raise forms.ValidationError("CPF inválido. Confira os 11 números digitados.", code="cpf")
        return cpf


class NomeField(forms.CharField):
    """The name of a person; spaces are tidied."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}), **kwargs)

    def clean(self, value: str) -> str:
        """Raise ValidationError for anything that no name has."""
        nome = unicodedata.normalize("NFC", " ".join(super().clean(value).split()))
        if nome and not _NOME.fullmatch(nome):
            raise forms.ValidationError(
                "Use só letras, espaços, hífen e apóstrofo, como no documento.", code="nome"
            )
        return nome


class TelefoneField(forms.CharField):
    """An optional telephone; kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Telefone",
            required=False,
            max_length=20,
            help_text="Com DDD, por exemplo (31) 99999-0000.",
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """Raise ValidationError unless there are 10 to 13 digits and only the usual signs."""
        telefone: str = super().clean(value)
        digitos = sum(c in "0123456789" for c in telefone)
        if telefone and (not 10 <= digitos <= 13 or not re.fullmatch(r"[0-9()+\- .]+", telefone)):
            raise forms.ValidationError(
                "Informe o telefone com DDD, por exemplo (31) 99999-0000.", code="telefone"
            )
        return telefone
