"""Forms of the public pages."""

from datetime import date
from typing import Any

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from convenentes.consulta import Filtros
from documentos.forms import DiaForm
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


class SituacaoEmForm(DiaForm):
    """A day, and the day of the list of documents to judge it by, when it is another one."""

    lista = DataField(
        label="Pela lista de documentos exigida em",
        required=False,
        help_text="Opcional, para hoje ou um dia futuro. Por exemplo, o dia em que a emenda foi indicada.",
    )

    def __init__(self, *args: Any, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hoje = hoje

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("lista") and dados.get("em") and dados["em"] < self.hoje:
            self.add_error(
                "lista", "Um dia passado é mostrado como foi guardado. Deixe este campo em branco."
            )
        return dados
