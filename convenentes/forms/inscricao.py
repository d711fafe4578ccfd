"""The first two steps of an inscription."""

from typing import Any

from django import forms
from django.conf import settings

from cagec.campos import ChaveEnvioField
from convenentes.forms.campos import CNPJField, EscolhaField
from documentos.models import Genero, NaturezaJuridica, TipoConvenente


class CnpjForm(forms.Form):
    """Which CNPJ, and its natureza jurídica as the Receita Federal has it."""

    cnpj = CNPJField(help_text="Números ou letras, com ou sem pontuação.")
    natureza = EscolhaField(
        label="Natureza jurídica",
        queryset=NaturezaJuridica.objects.all(),
        to_field_name="codigo",
        empty_label="Escolha",
        help_text="Está no comprovante de inscrição do CNPJ, emitido pela Receita Federal.",
        error_messages={"invalid_choice": "Escolha uma natureza jurídica da lista."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.RFB_ENDPOINT:
            self.fields["natureza"].required = False
            self.fields[
                "natureza"
            ].help_text = (
                "Pode deixar em branco: vem da Receita Federal. Preencha só se a consulta não responder."
            )


class NovaInscricaoForm(CnpjForm):
    """The same, when it opens the draft."""

    chave_envio = ChaveEnvioField()


class TipoForm(forms.Form):
    """The type, among those that the natureza jurídica allows, grouped by gênero."""

    tipo = EscolhaField(
        label="Tipo da organização",
        queryset=TipoConvenente.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Escolha o tipo da organização.",
            "invalid_choice": "Escolha um dos tipos da lista.",
        },
    )

    def __init__(self, *args: Any, natureza: NaturezaJuridica, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["tipo"]
        assert isinstance(campo, EscolhaField)
        campo.queryset = natureza.tipos.all()
        por_genero: dict[str, list[tuple[str, str]]] = {}
        for tipo in campo.queryset:
            por_genero.setdefault(Genero(tipo.genero).label, []).append((tipo.slug, tipo.nome))
        campo.choices = list(por_genero.items())
