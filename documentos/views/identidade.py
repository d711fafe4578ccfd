"""The identity request, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contas.limites import MENSAGEM, permitido
from documentos import identidade
from documentos.forms import PedidoDeIdentidadeForm


@require_http_methods(["GET", "HEAD", "POST"])
def pedido(request: HttpRequest) -> HttpResponse:
    """Ask the team for the account of the own CPF. The answer never tells whether there is one."""
    bruto = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PedidoDeIdentidadeForm(*bruto)
    if form.is_bound and form.is_valid():
        if not permitido(request, "identidade"):
            form.add_error(None, MENSAGEM)
        else:
            try:
                identidade.pedir(**form.cleaned_data)
            except identidade.ProvasRecusadas as erro:
                for campo, mensagens in erro.mensagens.items():
                    form.add_error(campo, mensagens)
            else:
                return redirect("pedido_de_identidade_enviado")
    return render(request, "documentos/pedido_de_identidade.html", {"form": form})


@require_safe
def enviado(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "documentos/pedido_de_identidade_enviado.html")
