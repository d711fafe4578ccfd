"""Forms of the help desk."""

from typing import Any

from django import forms

from atendimento.forms import MensagemForm
from atendimento.models import Categoria, Chamado
from convenentes.cnpj import limpar_cnpj
from convenentes.models import Convenente


class RespostaForm(MensagemForm):
    """An answer, a question, or a note that stays in the house."""

    RESPONDER, PERGUNTAR, ENCERRAR, ANOTAR = "responder", "perguntar", "encerrar", "anotar"
    como = forms.ChoiceField(
        label="Enviar como",
        choices=[
            (RESPONDER, "Resposta"),
            (PERGUNTAR, "Pergunta: aguardar a pessoa"),
            (ENCERRAR, "Resposta, e encerrar o chamado"),
            (ANOTAR, "Nota interna: só a equipe lê"),
        ],
        initial=RESPONDER,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Este chamado foi encerrado: aqui só cabe uma nota interna."},
    )
    field_order = ("texto", "arquivos", "como")

    def __init__(self, *args: Any, so_nota: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = "Mensagem"
        self.fields["texto"].widget.attrs["rows"] = 10
        como = self.fields["como"]
        assert isinstance(como, forms.ChoiceField)
        if so_nota:
            como.choices, como.initial = [(self.ANOTAR, "Nota interna: só a equipe lê")], self.ANOTAR


class ClassificarForm(forms.Form):
    """What the request is about."""

    categoria = forms.ChoiceField(label="Assunto geral", choices=Categoria.choices)
    cnpj = forms.CharField(label="CNPJ da organização", required=False, max_length=20)

    def clean_cnpj(self) -> Convenente | None:
        """Return the organisation. Raises ValidationError when none has this CNPJ."""
        cnpj = limpar_cnpj(self.cleaned_data["cnpj"])
        convenente = Convenente.objects.filter(cnpj=cnpj).first()
        if cnpj and convenente is None:
            raise forms.ValidationError("Nenhuma organização do cadastro tem este CNPJ.")
        return convenente


class JuntarForm(forms.Form):
    """The request that takes in this one."""

    numero = forms.IntegerField(label="Juntar ao chamado nº", min_value=1)

    def clean_numero(self) -> Chamado:
        """Return the other request. Raises ValidationError when there is none."""
        chamado = Chamado.objects.filter(numero=self.cleaned_data["numero"]).first()
        if chamado is None:
            raise forms.ValidationError("Não há chamado com este número.")
        return chamado
