"""Forms of documents."""

from typing import Any

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from contas.campos import CPFField, NomeField
from contas.models import Usuario
from documentos.campos import ArquivoField
from documentos.verificacoes.formato import ACEITOS


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


_SEM_DOCUMENTO = {"required": "Escolha o arquivo do seu documento."}


class MudarNomeForm(forms.Form):
    """Another nome civil, and what proves it."""

    chave_envio = ChaveEnvioField()
    nome = NomeField(
        label="Novo nome civil", help_text="Completo, como está no documento que você vai enviar."
    )
    explicacao = forms.CharField(
        label="Por que mudou",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Por exemplo: casamento; divórcio; retificação do registro civil; erro de digitação no cadastro.",
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.fields["documento"] = ArquivoField(
            label="Documento que prova o novo nome",
            help_text="Certidão de casamento, registro retificado ou identidade nova. PDF ou foto, até 20 MB.",
            error_messages=_SEM_DOCUMENTO,
            aceita=ACEITOS,
            usuario=usuario,
        )

    def clean_nome(self) -> str:
        """Raise ValidationError when nothing would change."""
        nome: str = self.cleaned_data["nome"]
        if nome == self.usuario.nome_civil:
            raise forms.ValidationError("Este já é o nome da sua conta. Digite o nome novo.")
        return nome


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
    documento = ArquivoField(
        label="Documento de identidade com foto",
        help_text="Frente e verso. PDF, JPEG, PNG ou HEIC, até 20 MB.",
        error_messages=_SEM_DOCUMENTO,
        aceita=ACEITOS,
    )
    selfie = ArquivoField(
        label="Selfie segurando o documento",
        help_text="JPEG, PNG ou HEIC, até 20 MB.",
        error_messages={"required": "Tire ou escolha a foto."},
        aceita="image/*",
        selfie=True,
    )
