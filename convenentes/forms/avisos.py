"""Which warnings a person wants besides the mandatory ones."""

from django import forms

from convenentes.avisos import OPCIONAIS

_ROTULOS = {1: "Na véspera", 90: "90 dias antes (só o fim do mandato do representante legal)"}


class AvisosForm(forms.Form):
    """The optional thresholds."""

    limiares = forms.TypedMultipleChoiceField(
        label="Quero receber também",
        choices=[(dias, _ROTULOS.get(dias, f"{dias} dias antes")) for dias in OPCIONAIS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
