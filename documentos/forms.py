"""Forms of documents."""

from django import forms


class ConferirDeclaracaoForm(forms.Form):
    """The code printed on a signed declaration."""

    codigo = forms.SlugField(
        label="Código da declaração",
        max_length=40,
        help_text="Está no rodapé do documento, por exemplo ABCDE-FGHJK-23456-LMNPQ-RSTUVW.",
        error_messages={"invalid": "O código só tem letras, números e traços."},
    )

    def clean_codigo(self) -> str:
        codigo: str = self.cleaned_data["codigo"]
        return codigo.upper()
