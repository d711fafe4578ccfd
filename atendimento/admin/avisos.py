"""Notices of the portal in the admin. One that should go is ended, or deleted."""

from django.contrib import admin

from atendimento.models import AvisoDoPortal


@admin.register(AvisoDoPortal)
class AvisoDoPortalAdmin(admin.ModelAdmin[AvisoDoPortal]):
    list_display = ("texto", "publico", "de", "ate")
    list_filter = ("publico",)
    search_fields = ("texto",)
    date_hierarchy = "de"
