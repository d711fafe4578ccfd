"""The documents of a request: the list by group, and the page of each one."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cagec.tempo import hoje
from convenentes import atualizacao, identidade, itens, piad, rascunho
from convenentes.acesso import ASSINAM, item_para, oferece_arquivos, papeis_na_solicitacao
from convenentes.forms.documentos import AlternativaForm, DocumentoForm, ExplicacaoForm, RespostaForm
from convenentes.models import ItemSolicitacao, Solicitacao
from convenentes.views.comum import (
    abrir,
    abrir_editavel,
    acao,
    enviado,
    mostrar,
    pagina_de_edicao,
    pagina_de_leitura,
    pessoa,
)
from convenentes.views.rotulos import rotulo
from convenentes.views.secoes import recusa_publicada
from documentos import datas
from documentos.envio import ArquivoRecusado
from documentos.models import Arquivo, Exigencia, Grupo, Orientacao
from documentos.orientacoes import da_linha
from documentos.palavras import validade_em_palavras


@dataclass(frozen=True)
class LinhaDeDocumento:
    """An item in the list: its badge, and whether it has a page to go to."""

    item: ItemSolicitacao
    cor: str
    estado: str
    tem_pagina: bool


def por_grupo(solicitacao: Solicitacao) -> list[tuple[str, list[LinhaDeDocumento]]]:
    """Return the document items under the seven groups, in the order of the annex; the request's own last."""
    grupos: dict[str, list[LinhaDeDocumento]] = {}
    for item in itens.do_pedido(solicitacao):
        if item.secao:
            continue
        titulo = Grupo(item.exigencia.grupo).label if item.exigencia else "Declaração desta solicitação"
        cor, estado = rotulo(item)
        grupos.setdefault(titulo, []).append(LinhaDeDocumento(item, cor, estado, item.exigencia is not None))
    return list(grupos.items())


@pagina_de_leitura
def documentos(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List the documents with the state of each."""
    solicitacao = abrir(request, uuid)
    ofertas = identidade.ofertas(solicitacao, pessoa(request), hoje())
    return mostrar(
        request,
        "documentos",
        solicitacao,
        "documentos",
        grupos=por_grupo(solicitacao),
        ofertas=ofertas,
        em_verificacao=itens.em_verificacao(solicitacao),
    )


@acao
def usar_conferidos(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill in with the papers of the representante legal that the team accepted before."""
    solicitacao = abrir_editavel(request, uuid, ASSINAM)
    quantos = identidade.usar_conferidos(solicitacao, pessoa(request))
    if quantos:
        messages.success(request, f"Usamos {quantos} documento(s) seus que a equipe CAGEC já conferiu.")
    return redirect("solicitacao_documentos", uuid)


@pagina_de_edicao
def documento(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Show one document and attach files to it. After an error dates stay, and files that were sent ahead too."""
    solicitacao = abrir(request, uuid)
    do_item = _item(request, solicitacao, item)
    assert do_item.tipo_documento is not None
    form = None
    if itens.aberto_a_mudanca(do_item) and itens.anexado(do_item):
        form = DocumentoForm(
            enviado(request),
            request.FILES if request.method == "POST" else None,
            tipo=do_item.tipo_documento,
            hoje=hoje(),
            usuario=pessoa(request),
        )
    if request.method == "POST":
        if form is None:
            raise rascunho.NaoEditavel
        if form.aceito() and _anexar(request, form, do_item):
            return redirect("solicitacao_documentos", uuid)
    resposta = _mostrar_documento(request, solicitacao, do_item, form=form)
    resposta["Permissions-Policy"] = "camera=(self)"
    return resposta


def _anexar(request: HttpRequest, form: DocumentoForm, item: ItemSolicitacao) -> bool:
    dados = form.cleaned_data
    try:
        rascunho.anexar_documento(
            item, dados["arquivos"], pessoa(request), chave_envio=dados["chave_envio"], **form.datas()
        )
    except ArquivoRecusado as erro:
        form.recusar(erro)
        return False
    messages.success(request, f"Recebemos: {item.nome}.")
    return True


@pagina_de_edicao
def resposta(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Answer the yes/no of an obligation that holds only "se houver"."""
    solicitacao = abrir(request, uuid)
    do_item = _item(request, solicitacao, item)
    if request.method != "POST":
        return redirect("solicitacao_documento", uuid, item)
    if do_item.exigencia is None or not itens.perguntada(do_item):
        raise Http404
    form = RespostaForm(request.POST, exigencia=do_item.exigencia)
    if not form.is_valid():
        return _mostrar_documento(request, solicitacao, do_item, form_resposta=form)
    rascunho.responder(do_item, form.cleaned_data["resposta"])
    if form.cleaned_data["resposta"]:
        return redirect("solicitacao_documento", uuid, item)
    messages.success(request, f"Anotado: não se aplica. {do_item.nome}.")
    return redirect("solicitacao_documentos", uuid)


@pagina_de_edicao
def alternativa(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Choose which kind of document will prove the obligation."""
    solicitacao = abrir(request, uuid)
    do_item = _item(request, solicitacao, item)
    if request.method != "POST":
        return redirect("solicitacao_documento", uuid, item)
    form = AlternativaForm(request.POST, item=do_item)
    if not form.is_valid():
        return _mostrar_documento(request, solicitacao, do_item, form_alternativa=form)
    rascunho.escolher_alternativa(do_item, form.cleaned_data["tipo_documento"])
    return redirect("solicitacao_documento", uuid, item)


@pagina_de_edicao
def explicacao(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Send a document that a check doubts all the same, with the reason."""
    solicitacao = abrir(request, uuid)
    do_item = _item(request, solicitacao, item)
    if request.method != "POST":
        return redirect("solicitacao_documento", uuid, item)
    form = ExplicacaoForm(request.POST)
    if not form.is_valid():
        return _mostrar_documento(request, solicitacao, do_item, form_explicacao=form)
    rascunho.explicar(do_item, pessoa(request), form.cleaned_data["texto"])
    messages.success(request, f"Anotado: quem analisar {do_item.nome} vai ler a sua explicação.")
    return redirect("solicitacao_documentos", uuid)


@acao
def usar_datas_lidas(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Take the dates that the portal read in the certificate in place of those typed."""
    do_item = _item(request, abrir_editavel(request, uuid), item)
    if rascunho.usar_datas_lidas(do_item):
        messages.success(request, f"Datas trocadas pelas impressas na certidão: {do_item.nome}.")
    return redirect("solicitacao_documento", uuid, item)


@acao
def documento_retirar(request: HttpRequest, uuid: UUID, item: UUID) -> HttpResponse:
    """Take an obligation out of an update again."""
    solicitacao = abrir_editavel(request, uuid)
    if not solicitacao.atualiza:
        raise Http404
    atualizacao.retirar_item(_item(request, solicitacao, item))
    return redirect("solicitacao_documentos", uuid)


def _item(request: HttpRequest, solicitacao: Solicitacao, uuid: UUID) -> ItemSolicitacao:
    """Return an item of documents that has a page. Raises Http404."""
    item = item_para(pessoa(request), solicitacao, uuid)
    if item.secao or item.exigencia is None:
        raise Http404
    item.solicitacao = solicitacao
    return item


def _mostrar_documento(
    request: HttpRequest,
    solicitacao: Solicitacao,
    item: ItemSolicitacao,
    form: DocumentoForm | None = None,
    form_resposta: RespostaForm | None = None,
    form_alternativa: AlternativaForm | None = None,
    form_explicacao: ExplicacaoForm | None = None,
) -> HttpResponse:
    assert item.exigencia is not None and item.tipo_documento is not None
    usuario = pessoa(request)
    aberto = itens.aberto_a_mudanca(item)
    if form is None and aberto and itens.anexado(item):
        form = DocumentoForm(tipo=item.tipo_documento, hoje=hoje(), usuario=usuario)
    if form_resposta is None and aberto and itens.perguntada(item):
        form_resposta = RespostaForm(exigencia=item.exigencia, initial=_resposta_dada(item, item.exigencia))
    if form_alternativa is None and aberto and itens.alternativas(item).count() > 1:
        form_alternativa = AlternativaForm(item=item)
    lidos, explicacao = piad.arquivos_lidos(item, hoje()), rascunho.explicacao(item)
    if form_explicacao is None and aberto and piad.duvidoso(lidos):
        form_explicacao = ExplicacaoForm(initial=explicacao.dados if explicacao else None)
    cor, estado = rotulo(item)
    papeis = papeis_na_solicitacao(usuario, solicitacao, hoje())
    return mostrar(
        request,
        "documento",
        solicitacao,
        "documentos",
        item=item,
        cor=cor,
        estado=estado,
        validade=validade_em_palavras(item.tipo_documento),
        orientacoes=_orientacoes(item),
        recusa=recusa_publicada(item),
        form=None
        if item.estado == ItemSolicitacao.Estado.NAO_SE_APLICA or itens.sem_resposta(item)
        else form,
        form_resposta=form_resposta,
        form_alternativa=form_alternativa,
        assinado=itens.assinado(item),
        so_da_equipe=itens.so_da_equipe(item),
        em_verificacao=itens.estado_dos_arquivos(item) in Arquivo.Estado.em_aberto(),
        form_explicacao=form_explicacao,
        explicacao=explicacao,
        lidos=lidos,
        certidao_esperada=piad.espera_certidao(item),
        oferece=item.documento is not None and oferece_arquivos(item.documento, usuario, papeis),
        papel=identidade.papel(item),
        datas_lidas=datas.lidas(item.documento, hoje()) if aberto and item.documento else {},
        retiravel=solicitacao.editavel and solicitacao.atualiza and solicitacao.protocolo is None,
    )


def _orientacoes(item: ItemSolicitacao) -> list[Orientacao]:
    tipo = item.solicitacao.tipo_convenente
    assert item.tipo_documento is not None
    return da_linha(tipo, item.tipo_documento) if tipo else []


def _resposta_dada(item: ItemSolicitacao, exigencia: Exigencia) -> dict[str, str]:
    dada = item.solicitacao.proposta.get("respostas", {}).get(exigencia.codigo)
    return {"resposta": {True: "sim", False: "nao"}.get(dada, "")}
