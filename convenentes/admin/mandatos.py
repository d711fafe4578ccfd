"""The page where the team sets until when the papers of a post without term hold."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cagec.campos import DataField
from cagec.tempo import hoje
from convenentes.admin.comum import analista
from convenentes.mandatos import marcar_prazo, sem_prazo
from convenentes.models import Convenente


class PrazoForm(forms.Form):
    """The day, and why it was chosen."""

    provas_ate = DataField(
        label="Os documentos do mandato valem até",
        required=False,
        help_text="Inclusive. Em branco: sem data para vencer.",
    )
    motivo = forms.CharField(label="Motivo", max_length=300)


def prazo(request: HttpRequest, uuid: UUID, contexto: dict[str, Any]) -> HttpResponse:
    """Show the date in force and set another. Only while the acting representante has a post without term."""
    if not analista(request).has_perm("convenentes.change_convenente"):
        raise PermissionDenied
    convenente = Convenente.objects.exclude(numero=None).filter(uuid=uuid).first()
    vinculo = sem_prazo(convenente, hoje()) if convenente is not None else None
    if convenente is None or vinculo is None:
        raise Http404
    form = PrazoForm(
        request.POST if request.method == "POST" else None, initial={"provas_ate": vinculo.provas_ate}
    )
    if request.method == "POST" and form.is_valid():
        try:
            marcar_prazo(vinculo, form.cleaned_data["provas_ate"], hoje())
        except ValidationError as erro:
            form.add_error(None, erro)
        else:
            LogEntry.objects.log_actions(
                analista(request).pk, [convenente], CHANGE, _mudanca(form), single_object=True
            )
            messages.success(request, "Prazo guardado.")
            return redirect("admin:convenentes_convenente_change", convenente.pk)
    pagina = {"title": f"Prazo dos documentos – {convenente}", "convenente": convenente, "form": form}
    return render(
        request,
        "admin/convenentes/convenente/prazo.html",
        {**contexto, **pagina, "representante": vinculo},
    )


def _mudanca(form: PrazoForm) -> list[dict[str, Any]]:
    dia = form.cleaned_data["provas_ate"]
    ate = f"{dia:%d/%m/%Y}" if dia else "sem data"
    return [
        {"changed": {"fields": [f"documentos do mandato até: {ate}. Motivo: {form.cleaned_data['motivo']}"]}}
    ]
