"""Forms of the public pages."""

from django import forms

from cagec.campos import ChaveEnvioField
from convenentes.consulta import Filtros
from documentos.models import TipoConvenente


class ConsultaForm(forms.Form):
    """The public search. It is a GET form: its address can be kept and sent."""

    busca = True

    q = forms.CharField(
        label="CNPJ, nome ou município",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    municipio = forms.CharField(label="Município", required=False, max_length=60)
    tipo = forms.ModelChoiceField(
        label="Tipo",
        queryset=TipoConvenente.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Todos os tipos",
        error_messages={"invalid_choice": "Escolha um tipo da lista."},
    )
    situacao = forms.ChoiceField(
        label="Situação",
        choices=[("", "Todas"), ("regular", "Regular"), ("irregular", "Irregular")],
        required=False,
        error_messages={"invalid_choice": "Escolha uma situação da lista."},
    )

    def filtros(self) -> Filtros:
        """Return what to look for. Call it after ``is_valid``."""
        tipo = self.cleaned_data["tipo"]
        return Filtros(
            self.cleaned_data["q"],
            self.cleaned_data["municipio"],
            tipo.slug if tipo else "",
            self.cleaned_data["situacao"],
        )


class EmitirCrcForm(forms.Form):
    """One click, one certificate."""

    chave_envio = ChaveEnvioField()


class ConferirForm(forms.Form):
    """The code printed on a certificate."""

    codigo = forms.SlugField(
        label="Código do certificado",
        max_length=40,
        help_text="Está no rodapé do CRC, por exemplo ABCDE-FGHJK-23456-LMNPQ-RSTUVW.",
        error_messages={"invalid": "O código só tem letras, números e traços."},
    )

    def clean_codigo(self) -> str:
        codigo: str = self.cleaned_data["codigo"]
        return codigo.upper()
