"""The person's own data: what is held, a copy, and requests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contas import govbr, titular
from contas.forms import PedidoDoTitularForm
from contas.meus_dados import BASE_LEGAL, categorias, copia
from contas.models import PedidoDoTitular
from contas.views.comum import pessoa

ULTIMOS = 20


@login_required
@never_cache
@require_safe
def meus_dados(request: HttpRequest) -> HttpResponse:
    """Say what is held, why, for how long, and who looked; list the requests made."""
    usuario = pessoa(request)
    contexto = {
        "categorias": categorias,
        "base_legal": BASE_LEGAL,
        "pedidos": PedidoDoTitular.objects.filter(usuario=usuario).order_by("-criado_em")[:ULTIMOS],
        "aceites": usuario.aceites.select_related("termo").order_by("-em")[:ULTIMOS],
        "nivel": request.session.get(govbr.NIVEL, ""),
    }
    return render(request, "contas/meus_dados.html", contexto)


@login_required
@never_cache
@require_safe
def copia_dos_dados(request: HttpRequest) -> HttpResponse:
    """Hand over the ZIP."""
    nome = 'attachment; filename="meus-dados-cagec.zip"'
    conteudo = copia(pessoa(request))
    return HttpResponse(conteudo, content_type="application/zip", headers={"Content-Disposition": nome})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pedido_do_titular(request: HttpRequest) -> HttpResponse:
    """Ask for correction or erasure."""
    form = PedidoDoTitularForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            titular.pedir(pessoa(request), **form.cleaned_data)
        except titular.NaoPodePedir as erro:
            form.add_error("tipo", str(erro))
        else:
            messages.success(request, "Recebemos seu pedido. A resposta chega por e-mail em até 15 dias.")
            return redirect("meus_dados")
    return render(request, "contas/pedido_do_titular.html", {"form": form})
