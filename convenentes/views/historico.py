"""The situation on any day: past days as they were kept, today and the future as the rule says now."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from convenentes import crc, historico, situacao
from convenentes.acesso import convenente_publico
from convenentes.forms.publico import SituacaoEmForm
from convenentes.models import Convenente


@require_safe
def situacao_em(request: HttpRequest, cnpj: str) -> HttpResponse:
    """List the ranges of days, and answer for the day asked about."""
    registro = convenente_publico(cnpj)
    form = SituacaoEmForm(request.GET if "em" in request.GET else None, hoje=hoje())
    resposta = _responder(registro, **form.cleaned_data) if form.is_bound and form.is_valid() else {}
    faixas = [(faixa, historico.em_palavras(faixa)) for faixa in historico.faixas(registro, hoje())]
    contexto = {"convenente": registro, "form": form, "faixas": faixas, "hoje": hoje(), **resposta}
    return render(request, "convenentes/publico/historico.html", contexto)


def _responder(registro: Convenente, em: date, lista: date | None) -> dict[str, object]:
    dia = em
    if dia >= hoje():
        quadro = situacao.quadro(registro, dia, lista)
        motivos = [
            f"{linha.nome}: {linha.motivo}" for linha in crc.publicas(quadro.linhas) if linha.irregular
        ]
        return {
            "dia": dia,
            "regular": quadro.regular,
            "motivos": motivos,
            "previsao": dia > hoje(),
            "lista": lista,
        }
    passado = historico.em(registro, dia)
    if passado.vale is None:
        return {"dia": dia, "sem_resposta": True}
    return {
        "dia": dia,
        "regular": passado.vale.regular,
        "motivos": historico.em_palavras(passado.vale),
        "dissemos": passado.dissemos if passado.corrigida else None,
    }
