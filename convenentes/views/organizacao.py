"""The convenente's own page: one list of what is missing, and one button that resolves each line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cagec.campos import ChaveEnvioField
from cagec.tempo import hoje
from convenentes import atualizacao, equipe, itens, pendencias, situacao
from convenentes.acesso import GERENTES, convenente_para, papeis_no_convenente
from convenentes.alteracao import no_cadastro
from convenentes.models import Convenente, ItemSolicitacao, PapelVinculo, Solicitacao
from convenentes.pendencias import Pendencia
from convenentes.situacao import Estado, Linha, vence_em_palavras
from convenentes.views.comum import pessoa
from documentos.models import Escopo, Obtencao


@dataclass(frozen=True)
class NaSolicitacao:
    """Where a line stands in an open request: in words, and the page that goes on with it."""

    texto: str
    botao: str
    url: str


@dataclass(frozen=True)
class NaLista:
    """A line as the page tells it."""

    pendencia: Pendencia
    tom: str
    estado: str
    motivo: str
    instrucao: str
    andamento: NaSolicitacao | None
    controlador: Convenente | None
    botao: str


@login_required
@require_safe
def organizacao(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the situation today and what to do about each line. Buttons are for who manages the organisation."""
    usuario = pessoa(request)
    convenente = convenente_para(usuario, uuid, hoje())
    quadro = situacao.quadro(convenente, hoje())
    papeis = papeis_no_convenente(usuario, convenente.pk, hoje())
    gerencia = bool(papeis & GERENTES)
    return render(
        request,
        "convenentes/organizacao.html",
        {
            "convenente": convenente,
            "quadro": quadro,
            "lista": [_na_lista(p, convenente, quadro.dia) for p in pendencias.listar(quadro)],
            "dias": pendencias.DIAS,
            "so_uma": convenente.pk in equipe.sozinhos([convenente.pk], hoje()),
            "gerencia": gerencia and convenente.estado == Convenente.Estado.ATIVO,
            "representa": PapelVinculo.REPRESENTANTE in papeis,
            "representado": PapelVinculo.REPRESENTANTE in papeis or bool(no_cadastro(convenente, hoje())),
            "chave_envio": uuid4(),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def resolver(request: HttpRequest, uuid: UUID, codigo: str) -> HttpResponse:
    """Open or go on with the request that renews the line, and land on the page of its document."""
    if request.method == "GET":
        return redirect("organizacao", uuid)
    usuario = pessoa(request)
    convenente = convenente_para(usuario, uuid, hoje(), GERENTES)
    chave = ChaveEnvioField().clean(request.POST.get("chave_envio"))
    try:
        item = atualizacao.resolver(convenente, codigo, usuario, chave)
    except (atualizacao.NaoAtualizavel, atualizacao.NaoResolvivel) as erro:
        messages.error(request, str(erro))
        return redirect("organizacao", uuid)
    return redirect("solicitacao_documento", item.solicitacao.uuid, item.uuid)


def _na_lista(pendencia: Pendencia, convenente: Convenente, dia: date) -> NaLista:
    linha = pendencia.linha
    renovar = linha.estado in {Estado.VIGENTE, Estado.VENCE_EM_BREVE}
    da_equipe = pendencia.documento.obtencao == Obtencao.ANALISE
    return NaLista(
        pendencia,
        "aviso" if renovar else linha.tom,
        _vence(linha, dia) if renovar else linha.estado_nome,
        _motivo(linha),
        _instrucao(pendencia, convenente),
        _andamento(pendencia),
        convenente.ente_controlador if linha.escopo == Escopo.ENTE_CONTROLADOR else None,
        "Pedir nova conferência" if da_equipe else ("Renovar" if renovar else "Resolver"),
    )


def _vence(linha: Linha, dia: date) -> str:
    assert linha.valido_ate is not None
    return vence_em_palavras((linha.valido_ate - dia).days)


def _motivo(linha: Linha) -> str:
    if linha.estado == Estado.AFASTADA:
        return f"A exigência está afastada até {linha.valido_ate:%d/%m/%Y}. Depois disso, volta a ser pedida."
    if linha.motivo:
        return f"{linha.motivo[0].upper()}{linha.motivo[1:]}."
    return f"Vale até {linha.valido_ate:%d/%m/%Y}. Renove antes desse dia."


def _instrucao(pendencia: Pendencia, convenente: Convenente) -> str:
    """What to do; of a line that the organisation does not resolve, who does and how."""
    linha, documento = pendencia.linha, pendencia.documento
    if linha.escopo == Escopo.FONTE:
        return _do_cadastro_externo(pendencia)
    if linha.escopo == Escopo.CALCULADA and convenente.data_abertura is None:
        return "Falta a data de abertura do CNPJ. Informe em “Atualizar dados”."
    if linha.escopo == Escopo.ENTE_CONTROLADOR and convenente.ente_controlador is None:
        return "Vale o documento do município. Informe o CNPJ dele em “Atualizar dados”."
    if linha.escopo == Escopo.ENTE_CONTROLADOR:
        return "Vale o documento do cadastro do município: quem representa o município é que o envia."
    if pendencia.do_mandato:
        return "Vem com o novo mandato: quem assumir, ou for reeleito(a), pede a alteração de representante legal."
    se_mudou = " Se o estatuto mudou, envie também o novo." if documento.obtencao == Obtencao.ANALISE else ""
    return documento.orientacao + se_mudou


def _do_cadastro_externo(pendencia: Pendencia) -> str:
    if pendencia.linha.estado != Estado.COM_RESTRICAO:
        return (
            "A equipe CAGEC consulta este cadastro: não é preciso enviar nada. Se demorar, escreva em Ajuda."
        )
    orgao = f" ({pendencia.fonte.orgao})" if pendencia.fonte and pendencia.fonte.orgao else ""
    return (
        f"Regularize com o órgão responsável{orgao}. Depois disso a equipe CAGEC consulta de novo: "
        "não é preciso enviar nada."
    )


def _andamento(pendencia: Pendencia) -> NaSolicitacao | None:
    if pendencia.espera is not None:
        espera = pendencia.espera
        texto = f"A equipe está analisando a solicitação {espera.protocolo}. Depois da decisão, resolva este item."
        return NaSolicitacao(texto, "Acompanhar", reverse("solicitacao", args=[espera.uuid]))
    return _do_item(pendencia.item) if pendencia.item is not None else None


def _do_item(item: ItemSolicitacao) -> NaSolicitacao:
    pedido = item.solicitacao
    if pedido.altera_representante:
        texto = f"Está na alteração de representante legal {pedido.protocolo}, que ainda não foi decidida."
        return NaSolicitacao(texto, "Ver o pedido", reverse("alteracao", args=[pedido.uuid]))
    if pedido.estado == Solicitacao.Estado.EM_ANALISE:
        texto = f"Já está na solicitação {pedido.protocolo}, em análise pela equipe CAGEC."
        return NaSolicitacao(texto, "Acompanhar", reverse("solicitacao", args=[pedido.uuid]))
    onde = {
        Solicitacao.Estado.RASCUNHO: "em rascunho",
        Solicitacao.Estado.AGUARDANDO_ASSINATURA: "que aguarda a assinatura do representante legal",
        Solicitacao.Estado.COM_PENDENCIA: "devolvida com pendência",
    }[Solicitacao.Estado(pedido.estado)]
    abertos = {ItemSolicitacao.Estado.A_PREENCHER, ItemSolicitacao.Estado.RECUSADO}
    if item.estado in abertos and not itens.assinado(item):
        texto = f"Já está na solicitação {onde}. Falta enviar o documento."
        return NaSolicitacao(
            texto, "Continuar", reverse("solicitacao_documento", args=[pedido.uuid, item.uuid])
        )
    texto = f"Já está na solicitação {onde}. Falta assinar e enviar para análise."
    return NaSolicitacao(texto, "Continuar", reverse("solicitacao_revisao", args=[pedido.uuid]))
