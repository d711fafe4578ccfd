"""Public pages of the help desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atendimento.contato import numero_para_ligar
from atendimento.models import Contato


@require_safe
def contato(request: HttpRequest) -> HttpResponse:
    """Show how to reach the office and the most frequent questions. Open to everybody."""
    setor = Contato.objects.first()
    telefones = [(t, numero_para_ligar(t)) for t in setor.lista_de_telefones] if setor else []
    return render(request, "atendimento/contato.html", {"contato": setor, "telefones": telefones})
