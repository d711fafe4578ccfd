"""Form fields that every app uses."""

from typing import Any
from uuid import UUID, uuid4

from django import forms


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
    """A date, with the browser's own picker. Understands ISO and dd/mm/aaaa."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": "Informe a data como dia/mês/ano, por exemplo 31/12/2026."},
            **kwargs,
        )
