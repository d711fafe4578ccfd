"""The desk of one request: items on the left, the document in the middle, opinion and decision on the right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from convenentes import analise, itens
from convenentes.admin.comum import analista
from convenentes.admin.forms import DecisaoForm, ParecerForm
from convenentes.models import Convenente, ItemSolicitacao, Secao, Solicitacao
from convenentes.proposta import proposta_atual
from documentos.models import Documento
from documentos.previa import paginas


def mesa(request: HttpRequest, uuid: UUID, contexto: dict[str, Any]) -> HttpResponse:
    """Show the desk, or act on one of its two forms."""
    if not analista(request).has_perm("convenentes.view_solicitacao"):
        raise PermissionDenied
    solicitacao = _buscar(uuid)
    todos = itens.do_pedido(solicitacao)
    item = _item_escolhido(request, todos)
    parecer = ParecerForm(request.POST if "parecer_do_item" in request.POST else None, initial=_opiniao(item))
    decisao = DecisaoForm(request.POST if "decidir" in request.POST else None)
    if request.method == "POST":
        if not analista(request).has_perm("convenentes.change_solicitacao"):
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
            "em_analise": solicitacao.estado == Solicitacao.Estado.EM_ANALISE,
            "a_julgar": item in analise.itens_em_analise(solicitacao) if item else False,
            "faltam": sum(1 for i in analise.itens_em_analise(solicitacao) if not i.parecer),
            "parecer_form": parecer,
            "decisao_form": decisao,
            "eventos": solicitacao.eventos.select_related("por"),
            "publicadas": analise.decisoes_publicadas(solicitacao),
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


def _item_escolhido(request: HttpRequest, todos: list[ItemSolicitacao]) -> ItemSolicitacao | None:
    pedido = request.GET.get("item", "")
    escolhido = next((i for i in todos if str(i.uuid) == pedido), None)
    pendente = next(
        (i for i in todos if i.estado == ItemSolicitacao.Estado.PREENCHIDO and not i.parecer), None
    )
    return escolhido or pendente or (todos[0] if todos else None)


def _opiniao(item: ItemSolicitacao | None) -> dict[str, Any]:
    if item is None:
        return {}
    return {"parecer": item.parecer, "motivo": item.motivo, "texto": item.texto}


def _agir(
    request: HttpRequest,
    solicitacao: Solicitacao,
    item: ItemSolicitacao | None,
    parecer: ParecerForm,
    decisao: DecisaoForm,
) -> HttpResponse | None:
    """Run what was asked; None when a form has to be shown again."""
    try:
        if "assumir" in request.POST:
            analise.assumir(solicitacao, analista(request))
        elif parecer.is_bound and item is not None:
            if not parecer.is_valid():
                return None
            analise.dar_parecer(item, analista(request), **parecer.cleaned_data)
        elif decisao.is_bound:
            if not decisao.is_valid():
                return None
            _decidir(request, solicitacao, decisao)
            return redirect("admin:convenentes_solicitacao_changelist")
    except (analise.ForaDeAnalise, analise.DecisaoIncompleta) as erro:
        messages.error(request, str(erro))
        return redirect(_endereco(solicitacao, item))
    return redirect(_endereco(solicitacao, None))


def _endereco(solicitacao: Solicitacao, item: ItemSolicitacao | None) -> str:
    endereco = reverse("admin:mesa", args=[solicitacao.uuid])
    return f"{endereco}?item={item.uuid}" if item else endereco


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


def _quadro(item: ItemSolicitacao | None, solicitacao: Solicitacao) -> dict[str, Any]:
    """What the middle column shows: data side by side with the record, or the document."""
    if item is None:
        return {}
    if item.secao:
        return {"linhas": _linhas_da_secao(solicitacao, Secao(item.secao))}
    documento = item.documento
    if documento is None:
        return {}
    return {
        "documento": documento,
        "declaracao": getattr(documento, "declaracao", None),
        "arquivos": [
            (arquivo, paginas(arquivo)) for arquivo in documento.arquivos.prefetch_related("verificacoes")
        ],
        "anteriores": _anteriores(documento),
    }


def _anteriores(documento: Documento) -> list[Documento]:
    iguais = Documento.objects.filter(pasta=documento.pasta, tipo=documento.tipo).exclude(pk=documento.pk)
    return list(iguais.prefetch_related("arquivos"))


def _linhas_da_secao(solicitacao: Solicitacao, secao: Secao) -> list[tuple[str, str, str]]:
    """Label, value in the record, value proposed. A record under inscription has nothing before."""
    novo = solicitacao.proposta.get(secao, {})
    if isinstance(novo, list):
        return [(d.get("cargo", ""), "", f"{d.get('nome', '')} – CPF {d.get('cpf', '')}") for d in novo]
    ativo = (
        solicitacao.convenente is not None and solicitacao.convenente.estado != Convenente.Estado.EM_INSCRICAO
    )
    antes = proposta_atual(solicitacao.convenente).get(secao, {}) if ativo and solicitacao.convenente else {}
    return [(_rotulo(campo), _texto(antes.get(campo)), _texto(valor)) for campo, valor in novo.items()]


def _rotulo(campo: str) -> str:
    try:
        return str(getattr(Convenente._meta.get_field(campo), "verbose_name", campo)).capitalize()
    except FieldDoesNotExist:
        return campo.replace("_", " ").capitalize()


def _texto(valor: Any) -> str:
    if isinstance(valor, list):
        return ", ".join(map(str, valor))
    return str(valor or "–")
