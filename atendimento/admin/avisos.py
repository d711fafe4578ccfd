"""Notices of the portal in the admin. One that should go is ended, or deleted."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.utils import timezone

from atendimento.models import AvisoDoPortal

# One field with one label, which the browser fills in with its own calendar: the admin's two have none.
_QUANDO = {
    "form_class": forms.DateTimeField,
    "widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
}


@admin.register(AvisoDoPortal)
class AvisoDoPortalAdmin(admin.ModelAdmin[AvisoDoPortal]):
    list_display = ("texto", "publico", "de", "ate", "agora")
    search_fields = ("texto",)
    formfield_overrides: ClassVar = {
        models.DateTimeField: _QUANDO,
        models.CharField: {"widget": forms.Textarea({"rows": 3, "class": "vLargeTextField"})},
    }

    @admin.display(description="agora")
    def agora(self, aviso: AvisoDoPortal) -> str:
        """Say whether it is being shown."""
        if aviso.ate <= timezone.now():
            return "Encerrado"
        return "No ar" if aviso.de <= timezone.now() else "Programado"
