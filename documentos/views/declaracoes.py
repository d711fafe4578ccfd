"""Anyone checks whether a signature is authentic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documentos.acesso import assinatura_publica
from documentos.assinatura import autentica, comparar_ha_pouco
from documentos.forms import ConferirDeclaracaoForm


@require_safe
def conferir(request: HttpRequest) -> HttpResponse:
    """Type the code of a signed declaration."""
    form = ConferirDeclaracaoForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("declaracao", form.cleaned_data["codigo"])
    return render(request, "documentos/conferir_declaracao.html", {"form": form})


@require_safe
def declaracao(request: HttpRequest, codigo: str) -> HttpResponse:
    """Say who signed what and when, and whether the files are still those. Never the text: it may hold personal data.

    Nor the names of the files, which people write as they like: each has only its hash.
    """
    assinatura = assinatura_publica(codigo)
    if assinatura is None:
        form = ConferirDeclaracaoForm({"codigo": codigo})
        form.is_valid()
        form.add_error(
            "codigo", "Nenhuma declaração tem este código. Confira letra por letra e tente de novo."
        )
        return render(request, "documentos/conferir_declaracao.html", {"form": form}, status=404)
    arquivos = comparar_ha_pouco(assinatura.declaracao)
    dados = {
        "assinatura": assinatura,
        "integra": autentica(assinatura),
        "arquivos": arquivos,
        "mudaram": any(a.guardado and not a.confere for a in arquivos),
    }
    return render(request, "documentos/declaracao.html", dados)
