"""Which warnings the signed-in person wants."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from convenentes.avisos import preferencia, preferir
from convenentes.forms.avisos import AvisosForm
from convenentes.views.comum import enviado, pessoa


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def avisos(request: HttpRequest) -> HttpResponse:
    """Show and keep the optional thresholds."""
    usuario = pessoa(request)
    form = AvisosForm(enviado(request), initial={"limiares": preferencia(usuario)})
    if form.is_valid():
        preferir(usuario, form.cleaned_data["limiares"])
        messages.success(request, "Suas escolhas de aviso foram salvas.")
        return redirect("avisos")
    return render(request, "convenentes/avisos.html", {"form": form})
