"""The desk of one request: items on the left, the document in the middle, opinion and decision on the right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import alteracao, analise, identidade, itens, piad, rascunho, receita
from convenentes.admin import comparacao
from convenentes.admin.comum import analista
from convenentes.admin.forms import DecisaoForm, ParecerForm
from convenentes.models import Comprovacao, Decisao, ItemSolicitacao, Secao, Solicitacao
from documentos import visualizacoes
from documentos.models import Documento


def mesa(request: HttpRequest, uuid: UUID, contexto: dict[str, Any]) -> HttpResponse:
    """Show the desk, or act on one of its two forms."""
    pode_agir = analista(request).has_perm("convenentes.change_solicitacao")
    if not analista(request).has_perm("convenentes.view_solicitacao"):
        raise PermissionDenied
    solicitacao = _buscar(uuid)
    todos, a_julgar = itens.do_pedido(solicitacao), analise.itens_em_analise(solicitacao)
    item = _item_escolhido(request, todos, a_julgar)
    parecer = ParecerForm(request.POST if "parecer_do_item" in request.POST else None, initial=_opiniao(item))
    decisao = DecisaoForm(request.POST if "decidir" in request.POST else None)
    if request.method == "POST":
        if not pode_agir:
            raise PermissionDenied
        resposta = _agir(request, solicitacao, item, parecer, decisao)
        if resposta is not None:
            return resposta
    return render(
        request,
        "admin/convenentes/solicitacao/mesa.html",
        {
            **contexto,
            "title": f"{solicitacao.get_tipo_display()} – {solicitacao.nome_do_convenente}",
            "solicitacao": solicitacao,
            "itens": todos,
            "item": item,
            "quadro": _quadro(item, solicitacao),
            "receita": receita.conferencia(solicitacao) if _do_cnpj(item) else "",
            "compara": solicitacao.tipo != Solicitacao.Tipo.INSCRICAO,
            "em_analise": solicitacao.estado == Solicitacao.Estado.EM_ANALISE,
            "pode_agir": pode_agir,
            "a_julgar": item in a_julgar,
            "faltam": sum(1 for i in a_julgar if not i.parecer),
            "parecer_form": parecer,
            "decisao_form": decisao,
            "eventos": solicitacao.eventos.select_related("por"),
            "publicadas": analise.decisoes_publicadas(solicitacao),
            "contestacoes": alteracao.contestacoes(solicitacao),
            "voltou": analise.enviada_de_novo(solicitacao),
        },
    )


def _buscar(uuid: UUID) -> Solicitacao:
    enviadas = Solicitacao.objects.exclude(enviada_em=None)
    solicitacao = (
        enviadas.filter(uuid=uuid)
        .select_related("convenente__municipio", "tipo_convenente", "analista", "natureza")
        .first()
    )
    if solicitacao is None:
        raise Http404
    return solicitacao


def _item_escolhido(
    request: HttpRequest, todos: list[ItemSolicitacao], a_julgar: list[ItemSolicitacao]
) -> ItemSolicitacao:
    """Return the item that was asked for, else the next one to judge.

    An opinion names its item, so that a second click never falls on the next one. Raises Http404.
    """
    pedido = request.POST.get("parecer_do_item")
    escolhido = next((i for i in todos if str(i.uuid) == (pedido or request.GET.get("item"))), None)
    if pedido is not None and escolhido is None:
        raise Http404
    return escolhido or next((i for i in a_julgar if not i.parecer), todos[0])


def _opiniao(item: ItemSolicitacao) -> dict[str, Any]:
    return {"parecer": item.parecer, "motivo": item.motivo, "texto": item.texto}


def _agir(
    request: HttpRequest,
    solicitacao: Solicitacao,
    item: ItemSolicitacao,
    parecer: ParecerForm,
    decisao: DecisaoForm,
) -> HttpResponse | None:
    """Run what was asked; None when a form has to be shown again."""
    try:
        if solicitacao.estado != Solicitacao.Estado.EM_ANALISE:
            raise analise.ForaDeAnalise
        if "assumir" in request.POST:
            analise.assumir(solicitacao, analista(request))
        elif parecer.is_valid():
            analise.dar_parecer(item, analista(request), **parecer.cleaned_data)
        elif decisao.is_valid():
            _decidir(request, solicitacao, decisao)
            return redirect("admin:convenentes_solicitacao_changelist")
        else:
            return None
    except analise.DecisaoIncompleta as erro:
        decisao.add_error("decisao", str(erro))
        return None
    except analise.NaoPodeJulgar as erro:
        if "decidir" in request.POST and analise.decidida_por(solicitacao, analista(request)):
            messages.success(request, f"Protocolo {solicitacao.protocolo}: sua decisão já está registrada.")
            return redirect("admin:convenentes_solicitacao_changelist")
        messages.error(request, str(erro))
        return redirect(f"{_endereco(solicitacao)}?item={item.uuid}")
    return redirect(_endereco(solicitacao))


def _endereco(solicitacao: Solicitacao) -> str:
    return reverse("admin:mesa", args=[solicitacao.uuid])


def _decidir(request: HttpRequest, solicitacao: Solicitacao, form: DecisaoForm) -> None:
    escolha, texto = form.cleaned_data["decisao"], form.cleaned_data["texto_geral"]
    if escolha == DecisaoForm.INDEFERIR:
        analise.indeferir(solicitacao, analista(request), form.cleaned_data["motivo_geral"], texto)
        messages.success(
            request, f"Protocolo {solicitacao.protocolo}: indeferida. A pessoa foi avisada por e-mail."
        )
    elif escolha == DecisaoForm.DEVOLVER:
        analise.devolver(solicitacao, analista(request), texto)
        messages.success(
            request, f"Protocolo {solicitacao.protocolo}: devolvida. A pessoa foi avisada por e-mail."
        )
    else:
        decidida = analise.aprovar(solicitacao, analista(request), texto)
        numero = decidida.convenente.numero if decidida.convenente else ""
        messages.success(
            request,
            f"Protocolo {solicitacao.protocolo}: {decidida.get_estado_display().lower()}, cadastro nº {numero}. "
            "A pessoa foi avisada por e-mail.",
        )


def _do_cnpj(item: ItemSolicitacao) -> bool:
    return item.exigencia is not None and item.exigencia.codigo == "cnpj"


def _quadro(item: ItemSolicitacao, solicitacao: Solicitacao) -> dict[str, Any]:
    """What the middle column shows: data side by side with the record, or the document."""
    if item.secao:
        return {"linhas": comparacao.linhas(solicitacao, Secao(item.secao))}
    documento = item.documento
    if documento is None:
        return {}
    return {
        "documento": documento,
        "para": visualizacoes.selar(f"análise da solicitação {solicitacao.protocolo}"),
        "conferencia": _conferido_antes(documento, solicitacao),
        "declaracao": getattr(documento, "declaracao", None),
        "arquivos": piad.arquivos_lidos(item, hoje()),
        "explicacao": rascunho.explicacao(item),
        "certidao_esperada": piad.espera_certidao(item),
        "avaliacao": piad.avaliar(item, hoje()) if piad.espera_certidao(item) else None,
        "anteriores": _anteriores(documento),
    }


def _conferido_antes(documento: Documento, solicitacao: Solicitacao) -> Comprovacao | None:
    """Return the acceptance of a paper about the person in another request, if there was one."""
    antes = identidade.conferencia(documento) if documento.tipo.pessoal else None
    return antes if antes and antes.decisao and antes.decisao.solicitacao_id != solicitacao.pk else None


def _anteriores(documento: Documento) -> list[Documento]:
    """Earlier versions that the team has judged: what was replaced in a draft is nobody's but the applicants'."""
    iguais = Documento.objects.filter(pasta=documento.pasta, tipo=documento.tipo, pk__lt=documento.pk)
    decididos = Decisao.objects.exclude(documento=None).values("documento")
    julgados = iguais.filter(Q(pk__in=decididos) | Q(comprovacoes__isnull=False)).distinct()
    return list(julgados.prefetch_related("arquivos"))
