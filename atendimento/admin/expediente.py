"""The days off of the office in the admin."""

from django import forms
from django.contrib import admin

from atendimento.models import DiaSemExpediente
from cagec.campos import DataField


class DiaForm(forms.ModelForm[DiaSemExpediente]):
    """A day, with the browser's own calendar: the admin's has no label."""

    dia = DataField(label="Dia", help_text="Vale para os prazos contados de agora em diante.")


@admin.register(DiaSemExpediente)
class DiaSemExpedienteAdmin(admin.ModelAdmin[DiaSemExpediente]):
    form = DiaForm
    list_display = ("dia", "motivo")
