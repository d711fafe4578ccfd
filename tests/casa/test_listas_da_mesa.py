"""The lists of the desk say Sim and Não: the admin's own red cross looks like an error."""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Model


def _e_icone(mesa: admin.ModelAdmin[Model], coluna: object) -> bool:
    if not isinstance(coluna, str):
        return False
    try:
        return isinstance(mesa.model._meta.get_field(coluna), BooleanField)
    except FieldDoesNotExist:
        return bool(getattr(getattr(mesa, coluna, None), "boolean", False))


def test_no_list_shows_an_icon_for_yes_and_no() -> None:
    mesas = admin.site._registry.values()
    assert [(str(m), c) for m in mesas for c in m.list_display if _e_icone(m, c)] == []
