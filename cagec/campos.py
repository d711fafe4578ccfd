"""Form fields that every app uses."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

_PRIMEIRA, _ULTIMA = date(1800, 1, 1), date(2199, 12, 31)
_CONFIRA = "Confira o ano da data, com quatro números."


def chave_do_conteudo(chave: UUID, *conteudo: object) -> UUID:
    """Return the key of a form sent with this very content.

    A double click sends the same; a page reached with the back button and corrected sends something else, which
    must not get the result of the first.
    """
    return uuid5(chave, "\x1f".join(map(str, conteudo)))


class ChaveEnvioField(forms.UUIDField):
    """The hidden key of a creating form: a double click returns the first result."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=uuid4, **kwargs)

    def clean(self, value: Any) -> UUID:
        """Return the key. A damaged one becomes a new one: nobody could mend a hidden field."""
        try:
            chave = super().clean(value)
        except forms.ValidationError:
            return uuid4()
        assert isinstance(chave, UUID)
        return chave


class DataField(forms.DateField):
    """A date, with the browser's own picker. Understands ISO and dd/mm/aaaa, of a year that can be meant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={
                "required": "Informe a data.",
                "invalid": "Informe a data como dia/mês/ano, por exemplo 31/12/2026.",
            },
            validators=[MinValueValidator(_PRIMEIRA, _CONFIRA), MaxValueValidator(_ULTIMA, _CONFIRA)],
            **kwargs,
        )
