"""Who comes to represent an organisation: the request, what is said against it, and giving the office up."""

import re
from datetime import date

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from convenentes.alteracao import MAXIMO_DE_CNPJS
from convenentes.cnpj import cnpj_valido, limpar_cnpj
from convenentes.forms.pessoas import RepresentanteForm
from convenentes.models import MotivoDaAlteracao


class MandatoForm(RepresentanteForm):
    """The mandate of a new representante legal, which may begin in the future."""

    do_mandato = ("motivo", *RepresentanteForm.do_mandato)

    motivo = forms.ChoiceField(
        label="Por que muda",
        choices=[("", "Escolha"), *MotivoDaAlteracao.choices],
        help_text="Na substituição e na delegação, o titular volta a representar a organização depois do fim.",
        error_messages={"required": "Escolha o motivo.", "invalid_choice": "Escolha um motivo da lista."},
    )

    def _conferir_mandato(self, de: date | None, ate: date | None) -> None:
        motivo = self.cleaned_data.get("motivo")
        if motivo in MotivoDaAlteracao.temporarios() and not ate and "mandato_ate" not in self.errors:
            self.add_error("mandato_ate", "Informe o último dia: depois dele o titular volta.")
        self._conferir_fim(de, ate)


class AlteracaoForm(MandatoForm):
    """The same, for one organisation or for several at once."""

    chave_envio = ChaveEnvioField()
    cnpjs = forms.CharField(
        label="CNPJ da organização",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="Mais de uma? Escreva um CNPJ por linha: identidade, CPF, endereço e selfie são enviados uma vez só.",
    )

    def clean_cnpjs(self) -> list[str]:
        """Return the stored form of each CNPJ, once. Raises ValidationError."""
        digitados = [c for c in re.split(r"[\s,;]+", self.cleaned_data["cnpjs"]) if c]
        invalidos = [c for c in digitados if not cnpj_valido(limpar_cnpj(c))]
        if invalidos or not digitados:
            raise forms.ValidationError(
                f"CNPJ inválido: {', '.join(invalidos)[:100]}. Confira os 14 números ou letras.", code="cnpj"
            )
        cnpjs = list(dict.fromkeys(limpar_cnpj(c) for c in digitados))
        if len(cnpjs) > MAXIMO_DE_CNPJS:
            raise forms.ValidationError(f"Informe no máximo {MAXIMO_DE_CNPJS} CNPJs de cada vez.")
        return cnpjs


class ContestacaoForm(forms.Form):
    """What is wrong with the request."""

    chave_envio = ChaveEnvioField()
    texto = forms.CharField(
        label="Por que o pedido está errado?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Só a equipe CAGEC lê este texto.",
        error_messages={"required": "Escreva o que está errado no pedido."},
    )


class RenunciaForm(forms.Form):
    """The first day without the office, and the password."""

    desde = DataField(
        label="Deixo de representar a organização a partir de",
        help_text="Hoje ou um dia futuro. Desse dia em diante você não assina mais por ela.",
    )
    motivo = forms.CharField(label="Motivo", max_length=200, required=False)
    senha = forms.CharField(
        label="Sua senha",
        strip=False,
        max_length=128,
        help_text="A mesma que você usa para entrar no portal.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Digite a sua senha para confirmar."},
    )
