"""The overview of a request: state, history, reasons, people, and what each role may do next."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cagec.tempo import hoje
from convenentes.acesso import GERENTES, papeis_na_solicitacao
from convenentes.analise import decisoes_publicadas, itens_da_decisao
from convenentes.assinaturas import quem_assina
from convenentes.cancelamento import NaoCancelavel, cancelar, cancelavel
from convenentes.models import Decisao, PapelVinculo, Participante, Solicitacao
from convenentes.rascunho import NaoEditavel
from convenentes.views.andamento import andamento, autor, em_palavras
from convenentes.views.comum import abrir, abrir_editavel, pagina_de_edicao, pagina_de_leitura, pessoa
from convenentes.views.etapas import etapas
from convenentes.views.resumo import resumo_da_proposta


@pagina_de_leitura
def solicitacao(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show where the request stands and what the signed-in person may do."""
    aberta = abrir(request, uuid)
    papeis = papeis_na_solicitacao(pessoa(request), aberta, hoje())
    gerencia = bool(papeis & GERENTES)
    participantes = list(aberta.participantes.select_related("usuario"))
    return render(
        request,
        "convenentes/solicitacao/solicitacao.html",
        {
            "solicitacao": aberta,
            "andamento": andamento(aberta, papeis, nome_de_quem_assina(aberta, participantes)),
            "participantes": participantes,
            "historico": [(e, em_palavras(e), autor(e)) for e in aberta.eventos.select_related("por")],
            "decisoes": [(d, _recusados(d)) for d in decisoes_publicadas(aberta)],
            "editavel": aberta.editavel,
            "gerencia": gerencia,
            "cancelavel": gerencia and cancelavel(aberta),
            **resumo_da_proposta(aberta, pessoa(request), papeis),
        },
    )


def _recusados(decisao: Decisao) -> list[Decisao]:
    return [d for d in itens_da_decisao(decisao) if d.resultado == Decisao.Resultado.RECUSADO]


def nome_de_quem_assina(aberta: Solicitacao, participantes: list[Participante]) -> str:
    """Return the name of the representante legal, with or without an account; empty when nobody was named."""
    for participante in participantes:
        if participante.papel == PapelVinculo.REPRESENTANTE:
            return participante.nome_a_mostrar
    return next((usuario.nome for usuario in quem_assina(aberta)), "")


@pagina_de_leitura
def continuar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go to the first step that is not done yet."""
    aberta = abrir_editavel(request, uuid)
    if aberta.estado == Solicitacao.Estado.COM_PENDENCIA:
        return redirect("solicitacao_revisao", uuid)
    lista = etapas(aberta, papeis_na_solicitacao(pessoa(request), aberta, hoje()))
    return redirect(next((e.url for e in lista if not e.feita and e.codigo != "pessoas"), lista[-1].url))


@pagina_de_edicao
def cancelar_solicitacao(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then cancel."""
    aberta = abrir(request, uuid, GERENTES)
    if request.method == "POST":
        try:
            cancelar(aberta, pessoa(request))
        except NaoCancelavel as erro:
            messages.error(request, str(erro))
        else:
            messages.success(request, "Solicitação cancelada.")
        return redirect("solicitacao", uuid)
    if not cancelavel(aberta):
        raise NaoEditavel
    return render(request, "convenentes/solicitacao/cancelar.html", {"solicitacao": aberta})
