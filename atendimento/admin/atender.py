"""One request at the desk: the thread, and beside it the person, the organisation, and what can be done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from atendimento import acesso, mesa, providencias
from atendimento.admin.forms import ClassificarForm, JuntarForm, RespostaForm
from atendimento.chamados import NaoPode
from atendimento.eventos import historico
from atendimento.models import Chamado, RespostaPronta
from cagec.tempo import hoje
from contas.models import Convite, Usuario
from contas.seguranca import da_pessoa
from convenentes import situacao
from convenentes.acesso import convenentes_de, solicitacoes_de
from convenentes.admin.comum import analista
from convenentes.models import Convenente

_RECENTES = 5


def atender(request: HttpRequest, uuid: UUID, contexto: dict[str, Any]) -> HttpResponse:
    """Show the request, or do what one of its forms asks."""
    quem = analista(request)
    if not quem.has_perm("atendimento.view_chamado"):
        raise PermissionDenied
    relacoes = ("usuario", "convenente", "atendente", "anterior", "juntado_a")
    chamado = Chamado.objects.filter(uuid=uuid).select_related(*relacoes).first()
    if chamado is None:
        raise Http404
    pode_agir = quem.has_perm("atendimento.change_chamado")
    acao = request.POST.get("acao", "") if request.method == "POST" else ""
    if request.method == "POST" and not pode_agir:
        raise PermissionDenied
    forms = _forms(request, acao, chamado)
    if request.method == "POST" and _agir(request, acao, chamado, quem, forms):
        return redirect("admin:atender", chamado.uuid)
    conta = providencias.conta_de(chamado)
    return render(
        request,
        "admin/atendimento/chamado/atender.html",
        {
            **contexto,
            **forms,
            **_da_pessoa(chamado, conta),
            **_da_organizacao(chamado.convenente),
            "title": f"Chamado nº {chamado.numero} – {chamado.assunto}",
            "chamado": chamado,
            "mensagens": acesso.mensagens(chamado, internas=True),
            "historico": historico(chamado),
            "prontas": _prontas(chamado),
            "pode_agir": pode_agir,
            "atrasado": chamado.prazo is not None and chamado.prazo < hoje(),
        },
    )


def _forms(request: HttpRequest, acao: str, chamado: Chamado) -> dict[str, Any]:
    """The three forms; the one that was sent has what was typed. A canned answer comes filled in."""

    def bruto(nome: str) -> Any:
        return request.POST if acao == nome else None

    pronta = RespostaPronta.objects.filter(pk=request.GET["pronta"]) if _numero(request, "pronta") else None
    inicial = {"texto": mesa.preencher(pronta[0], chamado)} if pronta else {}
    cnpj = chamado.convenente.cnpj if chamado.convenente else ""
    return {
        "resposta": RespostaForm(
            bruto("escrever"),
            request.FILES if acao == "escrever" else None,
            initial=inicial,
            so_nota=chamado.encerrado,
        ),
        "classificar": ClassificarForm(
            bruto("classificar"), initial={"categoria": chamado.categoria, "cnpj": cnpj}
        ),
        "juntar": JuntarForm(bruto("juntar")),
    }


def _numero(request: HttpRequest, nome: str) -> bool:
    return request.GET.get(nome, "").isdecimal()


def _agir(request: HttpRequest, acao: str, chamado: Chamado, quem: Usuario, forms: dict[str, Form]) -> bool:
    """Do what was asked; False when a form has to be shown again."""
    try:
        if acao == "assumir":
            mesa.assumir(chamado, quem)
            messages.success(request, "O chamado está com você.")
        elif acao == "encerrar":
            mesa.encerrar(chamado, quem)
            messages.success(request, "Chamado encerrado. A pessoa é avisada por e-mail.")
        elif acao in providencias.PROVIDENCIAS:
            messages.success(request, providencias.PROVIDENCIAS[acao](request, chamado, quem))
        elif acao == "escrever" and forms["resposta"].is_valid():
            _responder(request, chamado, quem, forms["resposta"].cleaned_data)
        elif acao == "classificar" and forms["classificar"].is_valid():
            dados = forms["classificar"].cleaned_data
            mesa.classificar(chamado, quem, dados["categoria"], dados["cnpj"])
            messages.success(request, "Classificação guardada.")
        elif acao == "juntar" and forms["juntar"].is_valid():
            alvo = forms["juntar"].cleaned_data["numero"]
            mesa.juntar(chamado, alvo, quem)
            messages.success(request, f"Juntado ao chamado nº {alvo.numero}. A pessoa é avisada por e-mail.")
        else:
            return acao not in {"escrever", "classificar", "juntar"}
    except NaoPode as erro:
        messages.error(request, str(erro))
        return acao != "escrever"  # what was typed stays
    return True


def _responder(request: HttpRequest, chamado: Chamado, quem: Usuario, dados: dict[str, Any]) -> None:
    texto, como, chave = dados["texto"], dados["como"], dados["chave_envio"]
    if como == RespostaForm.ANOTAR:
        mesa.anotar(chamado, quem, texto, chave_envio=chave, arquivos=dados["arquivos"])
        messages.success(request, "Nota guardada. Só a equipe a lê.")
        return
    mesa.responder(
        chamado,
        quem,
        texto,
        chave_envio=chave,
        pergunta=como == RespostaForm.PERGUNTAR,
        encerra=como == RespostaForm.ENCERRAR,
        arquivos=dados["arquivos"],
    )
    messages.success(request, "Resposta a caminho, por e-mail.")


def _da_pessoa(chamado: Chamado, conta: Usuario | None) -> dict[str, Any]:
    """What the team has to know of who asks. An address that nobody confirmed proves nothing about an account."""
    da_mesma = Q(usuario=chamado.usuario) if chamado.usuario else Q(usuario=None, email__iexact=chamado.email)
    outros = Chamado.objects.filter(da_mesma).exclude(pk=chamado.pk)
    return {
        "conta": conta,
        "outros": outros[:_RECENTES],
        "acessos": da_pessoa(conta)[:_RECENTES] if conta else [],
        "convite": None if conta else Convite.objects.filter(cpf=chamado.cpf or "-").first(),
        "convenentes": convenentes_de(conta, hoje())[:_RECENTES] if conta else [],
        "solicitacoes": solicitacoes_de(conta, hoje()).exclude(enviada_em=None)[:_RECENTES] if conta else [],
    }


def _da_organizacao(convenente: Convenente | None) -> dict[str, Any]:
    return {"quadro": situacao.quadro(convenente, hoje()) if convenente and convenente.numero else None}


def _prontas(chamado: Chamado) -> Any:
    """Canned answers that fit the request, those of its subject first."""
    servem = RespostaPronta.objects.filter(categoria__in=("", chamado.categoria))
    return servem.order_by("-categoria", "titulo")
