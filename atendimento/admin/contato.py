"""The office's contacts in the admin: one row, edited and never deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from atendimento.models import Contato


@admin.register(Contato)
class ContatoAdmin(admin.ModelAdmin[Contato]):
    list_display = ("setor", "equipe", "email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
