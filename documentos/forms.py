"""Forms of documents."""

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from contas.campos import CPFField, NomeField


class DiaForm(forms.Form):
    """The day that a public page is asked about."""

    busca = True
    em = DataField(label="Como era ou será em")


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


class PedidoDeIdentidadeForm(forms.Form):
    """Who cannot get into the account of the own CPF."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    nome = NomeField(label="Nome completo", help_text="Como está no seu documento.")
    email = forms.EmailField(label="E-mail", max_length=254, help_text="A resposta vai para este endereço.")
    telefone = forms.CharField(
        label="Telefone com DDD", max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    explicacao = forms.CharField(
        label="O que aconteceu",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Por exemplo: outra pessoa usou meu CPF; perdi o acesso ao meu e-mail.",
    )
    documento = forms.FileField(
        label="Documento de identidade com foto",
        help_text="PDF, JPEG ou PNG, até 20 MB.",
        error_messages={"required": "Escolha o arquivo do seu documento."},
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    selfie = forms.FileField(
        label="Selfie segurando o documento",
        help_text="JPEG ou PNG, até 20 MB.",
        error_messages={"required": "Tire ou escolha a foto."},
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "user"}),
    )
