"""Review: everything on one page, with what is missing; forwarding to the representante legal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cagec.tempo import hoje
from convenentes import identidade, itens
from convenentes.acesso import GERENTES, papeis_na_solicitacao
from convenentes.assinaturas import Incompleta, cabe_ao_representante, encaminhar
from convenentes.models import Solicitacao
from convenentes.views.comum import abrir, abrir_editavel, acao, mostrar, pagina_de_leitura, pessoa
from convenentes.views.etapas import link_da_falta
from convenentes.views.resumo import resumo_da_proposta


@pagina_de_leitura
def revisao(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show all that was filled in and what is missing, each with the link to its place."""
    solicitacao = abrir(request, uuid)
    faltas = itens.o_que_falta(solicitacao) if solicitacao.editavel else []
    usuario = pessoa(request)
    do_representante = [f for f in faltas if cabe_ao_representante(f)]
    return mostrar(
        request,
        "revisao",
        solicitacao,
        "revisao",
        faltas=[(falta.texto, link_da_falta(solicitacao, falta)) for falta in faltas],
        so_do_representante=bool(faltas) and len(do_representante) == len(faltas),
        em_verificacao=itens.em_verificacao(solicitacao),
        ofertas=identidade.ofertas(solicitacao, usuario, hoje()),
        **resumo_da_proposta(solicitacao, usuario, papeis_na_solicitacao(usuario, solicitacao, hoje())),
    )


@acao
def encaminhar_para_assinatura(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask the representante legal to sign. Twice is once."""
    solicitacao: Solicitacao = abrir_editavel(request, uuid, GERENTES)
    try:
        encaminhar(solicitacao, pessoa(request))
    except Incompleta as erro:
        messages.error(request, str(erro))
        return redirect("solicitacao_revisao", uuid)
    messages.success(request, "Encaminhada. Avisamos o representante legal por e-mail.")
    return redirect("solicitacao", uuid)
