"""What the portal mailed to a person."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cagec.correio.models import Mensagem
from contas.views.comum import pessoa

POR_PAGINA = 20


@login_required
@never_cache
@require_safe
def minhas_mensagens(request: HttpRequest) -> HttpResponse:
    """List the own mails that left, the newest first. The links that open something were never stored."""
    enviadas = Mensagem.objects.filter(usuario=pessoa(request), estado=Mensagem.Estado.ENVIADA)
    campos = enviadas.only("assunto", "corpo", "para", "enviada_em").order_by("-enviada_em")
    pagina = Paginator(campos, POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "contas/minhas_mensagens.html", {"pagina": pagina})
