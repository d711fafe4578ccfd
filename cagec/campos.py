"""Form fields that every app uses."""

from typing import Any
from uuid import uuid4

from django import forms


class ChaveEnvioField(forms.UUIDField):
    """The hidden key of a creating form: a double click returns the first result."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=uuid4, **kwargs)


class DataField(forms.DateField):
    """A date, with the browser's own picker. Understands ISO and dd/mm/aaaa."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": "Informe a data como dia/mês/ano, por exemplo 31/12/2026."},
            **kwargs,
        )
