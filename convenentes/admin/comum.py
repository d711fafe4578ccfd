"""What the admin pages of the registry share."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from contas.models import Usuario

M = TypeVar("M", bound=Model)


class SomenteLeitura(admin.ModelAdmin[M]):
    """Rows that only journeys write: the admin shows them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def analista(request: HttpRequest) -> Usuario:
    """Return the signed-in member of the team. Only for views behind ``admin_view``."""
    assert isinstance(request.user, Usuario)
    return request.user
