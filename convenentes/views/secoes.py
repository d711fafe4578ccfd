"""The sections of data: the organisation, address and contacts, dirigentes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cagec.tempo import hoje
from contas.documentos_pessoais import formatar_cpf
from convenentes import itens, rascunho
from convenentes.forms.pessoas import DirigenteForm
from convenentes.forms.secoes import DadosForm, EnderecoForm, iniciais_do_endereco, iniciais_dos_dados
from convenentes.models import Decisao, ItemSolicitacao, Secao, Solicitacao
from convenentes.proposta import travados
from convenentes.views.comum import abrir_editavel, acao, enviado, mostrar, pagina_de_edicao, seguir


def item_da_secao(solicitacao: Solicitacao, secao: Secao) -> ItemSolicitacao:
    """Return the item of a section that can change now. Raises Http404 or NaoEditavel."""
    item = solicitacao.itens.filter(secao=secao).first()
    if item is None:
        raise Http404
    item.solicitacao = solicitacao
    if not itens.aberto_a_mudanca(item):
        raise rascunho.NaoEditavel
    return item


def recusa_publicada(item: ItemSolicitacao) -> Decisao | None:
    """Return the published reason why the item was refused, while it waits for a correction."""
    if item.estado != ItemSolicitacao.Estado.RECUSADO:
        return None
    recusas = item.decisoes.filter(resultado=Decisao.Resultado.RECUSADO).select_related("motivo")
    return recusas.order_by("-id").first()


def _ha_o_que_salvar(solicitacao: Solicitacao, secao: Secao, novos: dict[str, Any]) -> bool:
    """In an update, a section saved as it was is not a change for the team to look at."""
    primeira_vez = not solicitacao.atualiza or solicitacao.protocolo is not None
    return primeira_vez or solicitacao.proposta.get(secao) != novos


def _mudou_resposta(solicitacao: Solicitacao, form: DadosForm) -> bool:
    respostas = solicitacao.proposta.get("respostas", {})
    return any(respostas.get(chave) != valor for chave, valor in form.respostas().items())


@pagina_de_edicao
def dados(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill in what the organisation is."""
    solicitacao = abrir_editavel(request, uuid)
    if solicitacao.tipo_convenente is None:
        return redirect("solicitacao_tipo", uuid)
    item = item_da_secao(solicitacao, Secao.DADOS)
    form = DadosForm(
        enviado(request),
        tipo=solicitacao.tipo_convenente,
        hoje=hoje(),
        travados=travados(solicitacao.proposta, Secao.DADOS),
        initial=iniciais_dos_dados(solicitacao.proposta),
    )
    if request.method == "POST" and form.is_valid():
        if _ha_o_que_salvar(solicitacao, Secao.DADOS, form.dados()) or _mudou_resposta(solicitacao, form):
            rascunho.salvar_dados(solicitacao, form.dados(), form.respostas())
        return seguir(request, solicitacao, Secao.DADOS)
    return mostrar(request, "dados", solicitacao, Secao.DADOS, form=form, recusa=recusa_publicada(item))


@pagina_de_edicao
def endereco(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill in where the organisation is. The button of the UF only brings its list of municípios."""
    solicitacao = abrir_editavel(request, uuid)
    item = item_da_secao(solicitacao, Secao.ENDERECO)
    da_receita = travados(solicitacao.proposta, Secao.ENDERECO)
    if request.method == "POST" and "trocar_uf" in request.POST:
        digitado = {**request.POST.dict(), "municipio": ""}
        form = EnderecoForm(initial=digitado, travados=da_receita)
    else:
        iniciais = iniciais_do_endereco(solicitacao.proposta)
        form = EnderecoForm(enviado(request), initial=iniciais, travados=da_receita)
        if request.method == "POST" and form.is_valid():
            if _ha_o_que_salvar(solicitacao, Secao.ENDERECO, form.dados()):
                rascunho.salvar_secao(solicitacao, Secao.ENDERECO, form.dados())
            return seguir(request, solicitacao, Secao.ENDERECO)
    return mostrar(request, "endereco", solicitacao, Secao.ENDERECO, form=form, recusa=recusa_publicada(item))


@pagina_de_edicao
def dirigentes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add one director at a time."""
    solicitacao = abrir_editavel(request, uuid)
    item = item_da_secao(solicitacao, Secao.DIRIGENTES)
    lista: list[dict[str, str]] = solicitacao.proposta.get(Secao.DIRIGENTES, [])
    form = DirigenteForm(enviado(request), dirigentes=lista)
    if request.method == "POST" and form.is_valid():
        rascunho.incluir_dirigente(solicitacao, form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['nome']} entrou na lista de dirigentes.")
        return redirect("solicitacao_dirigentes", uuid)
    contexto: dict[str, Any] = {
        "form": form,
        "dirigentes": [{**d, "cpf_formatado": formatar_cpf(d["cpf"])} for d in lista],
        "recusa": recusa_publicada(item),
    }
    return mostrar(request, "dirigentes", solicitacao, Secao.DIRIGENTES, **contexto)


@acao
def dirigente_retirar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a director out of the list, by CPF. One who is not there any more changes nothing."""
    solicitacao = abrir_editavel(request, uuid)
    item_da_secao(solicitacao, Secao.DIRIGENTES)
    rascunho.retirar_dirigente(solicitacao, request.POST.get("cpf", ""))
    return redirect("solicitacao_dirigentes", uuid)
