"""Forms of the desk."""

from typing import Any

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from convenentes.models import CargaFonte, Convenente, Fonte, ItemSolicitacao, ResultadoFonte
from documentos.models import MotivoRecusa
from documentos.verificacoes.formato import ACEITOS


class ParecerForm(forms.Form):
    """The opinion on one item."""

    condicionais = ("motivo", "texto")
    parecer = forms.ChoiceField(
        label="Parecer",
        choices=[(ItemSolicitacao.Parecer.ACEITO, "Aceitar"), (ItemSolicitacao.Parecer.RECUSADO, "Recusar")],
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se o item é aceito ou recusado."},
    )
    motivo = forms.ModelChoiceField(
        label="Motivo, se recusar",
        queryset=MotivoRecusa.objects.all(),
        required=False,
        empty_label="Escolha o motivo",
    )
    texto = forms.CharField(
        label="Explicação para quem enviou, se recusar",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Diga o que está errado e como corrigir. O texto só é enviado com a decisão.",
    )

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("parecer") == ItemSolicitacao.Parecer.RECUSADO and not dados.get("motivo"):
            self.add_error("motivo", "Escolha o motivo da recusa.")
        return dados


class DecisaoForm(forms.Form):
    """The decision on the whole request."""

    DEVOLVER, APROVAR, INDEFERIR = "devolver", "aprovar", "indeferir"
    condicionais = ("motivo_geral",)
    decisao = forms.ChoiceField(
        label="Decisão",
        choices=[
            (APROVAR, "Aprovar"),
            (DEVOLVER, "Devolver com pendências"),
            (INDEFERIR, "Indeferir (encerra a solicitação)"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha a decisão."},
    )
    motivo_geral = forms.ModelChoiceField(
        label="Motivo, se indeferir",
        queryset=MotivoRecusa.objects.all(),
        required=False,
        empty_label="Escolha o motivo",
    )
    texto_geral = forms.CharField(
        label="Mensagem para quem enviou",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("decisao") == self.INDEFERIR:
            if not dados.get("motivo_geral"):
                self.add_error("motivo_geral", "Escolha o motivo do indeferimento.")
            if not dados.get("texto_geral"):
                self.add_error("texto_geral", "Explique o indeferimento a quem enviou.")
        return dados


class ConsultasForm(forms.Form):
    """What the whole page of look-ups carries."""

    chave_envio = ChaveEnvioField()


class ConsultaFonteForm(forms.Form):
    """What one register said; left blank, nothing is recorded."""

    condicionais = ("resultado", "consultado_em")
    resultado = forms.ChoiceField(
        label="Resultado",
        choices=[("", "Não consultado agora"), *ResultadoFonte.Resultado.choices],
        required=False,
        error_messages={"invalid_choice": "Escolha um resultado da lista."},
    )
    consultado_em = DataField(label="Data da consulta", required=False)
    detalhe = forms.CharField(label="Detalhe", required=False, max_length=300)
    evidencia = forms.FileField(
        label="Evidência (PDF, JPEG, PNG ou HEIC, até 20 MB)",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACEITOS}),
    )

    def __init__(self, *args: Any, fonte: Fonte, **kwargs: Any) -> None:
        kwargs["prefix"] = fonte.codigo
        super().__init__(*args, **kwargs)
        self.fonte = fonte

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("resultado") and not dados.get("consultado_em") and "consultado_em" not in self.errors:
            self.add_error("consultado_em", "Informe a data da consulta.")
        if not dados.get("resultado") and (dados.get("detalhe") or dados.get("evidencia")):
            self.add_error("resultado", "Escolha o resultado da consulta.")
        return dados


class CargaForm(forms.Form):
    """A file of an external register."""

    cadastro = forms.ChoiceField(
        label="Cadastro",
        choices=[("", "Escolha"), *CargaFonte.Cadastro.choices],
        error_messages={"required": "Escolha o cadastro.", "invalid_choice": "Escolha um cadastro da lista."},
    )
    arquivo = forms.FileField(
        label="Arquivo CSV, até 64 MB",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Escolha o arquivo.", "empty": "O arquivo está vazio. Baixe-o de novo."},
    )
    referencia = DataField(
        label="Data de referência",
        required=False,
        help_text="Só para CEPIM, CEIS e CNEP, quando o nome do arquivo não começa com a data (AAAAMMDD_CEIS.csv).",
    )
    aceitar_menor = forms.BooleanField(
        label="Conferi: a lista perdeu mesmo mais da metade das linhas", required=False
    )


class IndisponibilidadeForm(forms.Form):
    """Which registers are out, when and why."""

    fontes = forms.ModelMultipleChoiceField(
        label="Cadastros fora do ar",
        queryset=Fonte.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Escolha ao menos um cadastro."},
    )
    de = DataField(label="Primeiro dia")
    ate = DataField(
        label="Último dia", help_text="No máximo 30 dias. Se o cadastro voltar antes, encerre na lista."
    )
    motivo = forms.CharField(
        label="Motivo", max_length=300, help_text="Por exemplo, o aviso do órgão. Fica só para a equipe."
    )


class EstadoForm(forms.ModelForm[Convenente]):
    """The team blocks, frees or closes a record, and says why."""

    estado = forms.ChoiceField(
        label="Estado do cadastro",
        choices=[
            (e.value, e.label)
            for e in (
                Convenente.Estado.ATIVO,
                Convenente.Estado.BLOQUEADO,
                Convenente.Estado.INATIVO,
                Convenente.Estado.CANCELADO,
            )
        ],
    )
    motivo = forms.CharField(
        label="Motivo da mudança", max_length=500, help_text="Fica guardado no histórico do cadastro."
    )

    class Meta:
        model = Convenente
        fields = ("estado",)

    def clean_estado(self) -> str:
        """Raise ValidationError when nothing changes, as when the button is pressed twice."""
        estado: str = self.cleaned_data["estado"]
        if estado == self.initial["estado"]:
            raise forms.ValidationError("O cadastro já está neste estado. Escolha outro.")
        return estado
