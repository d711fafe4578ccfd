"""Asking for help, signed in or not, and the pages of what was asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atendimento import acesso, chamados, enderecos, pagina
from atendimento.chamados import Escrito, Quem
from atendimento.eventos import registrar
from atendimento.forms import (
    AvaliacaoForm,
    ConfirmacaoForm,
    MensagemForm,
    PedidoDeAjudaForm,
    PedidoDeAjudaSemContaForm,
)
from atendimento.models import Categoria, Chamado
from atendimento.views.manual import sugestoes_para
from cagec.tempo import hoje
from contas.limites import MENSAGEM, permitido
from contas.models import Usuario
from contas.views.comum import pessoa, sem_rastro
from convenentes.acesso import convenentes_de
from documentos.views.arquivos import baixar, proteger

_SUGERIR = "sugerir"  # the button of who has no JavaScript: show pages of the manual, send nothing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ajuda(request: HttpRequest) -> HttpResponse:
    """Ask for help. Who is not signed in gives CPF and e-mail, and nobody looks whether there is an account."""
    usuario = request.user if isinstance(request.user, Usuario) else None
    contexto, convenente = pagina.contexto(pagina.de_onde(request), usuario, hoje())
    form = _form(request, usuario, convenente)
    if form.is_bound and form.is_valid():
        dados = form.cleaned_data
        if _permitido(request, "ajuda", usuario.cpf if usuario else dados["cpf"], dados.get("email", "")):
            chamado = chamados.abrir(
                chamados.quem_entrou(usuario)
                if usuario
                else Quem(dados["email"], None, dados["cpf"], dados["nome"]),
                _escrito(dados),
                categoria=dados["categoria"],
                assunto=dados["assunto"],
                convenente=dados.get("convenente"),
                contexto=contexto,
            )
            return redirect("chamado", chamado.uuid) if usuario else redirect("ajuda_enviada")
        form.add_error(None, MENSAGEM)
    return render(
        request,
        "atendimento/ajuda.html",
        {
            "form": form,
            "de": contexto.get("pagina", ""),
            "sugestoes": sugestoes_para(_sobre(form)),
            "sem_pagina": request.POST.get("acao") == _SUGERIR,
        },
    )


def _form(request: HttpRequest, usuario: Usuario | None, convenente: Any) -> PedidoDeAjudaForm:
    """Return the form with what was typed; one that only asked for pages of the manual is not judged."""
    enviado = request.method == "POST" and request.POST.get("acao") != _SUGERIR
    bruto = (request.POST, request.FILES) if enviado else (None, None)
    inicial = {"convenente": convenente} | request.POST.dict()
    if usuario is None:
        return PedidoDeAjudaSemContaForm(*bruto, initial=inicial)
    convenentes = convenentes_de(usuario, hoje()).order_by("nome_busca")
    return PedidoDeAjudaForm(*bruto, usuario=usuario, convenentes=convenentes, initial=inicial)


def _sobre(form: PedidoDeAjudaForm) -> str:
    """Return what is asked about: what was typed, or at least its category."""
    escrito = f"{form['assunto'].value() or ''} {form['texto'].value() or ''}".replace("\0", " ").strip()
    return escrito or dict(Categoria.choices).get(form["categoria"].value() or "", "")


@require_safe
def enviada(request: HttpRequest) -> HttpResponse:
    """Say what happens next, the same for everybody."""
    return render(request, "atendimento/ajuda_enviada.html")


@login_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """The requests of the person, those that moved last first."""
    meus = Paginator(acesso.chamados_de(pessoa(request)), 20).get_page(request.GET.get("pagina"))
    return render(request, "atendimento/chamados.html", {"pagina": meus})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def chamado(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A request of who is signed in."""
    return _pagina(request, acesso.chamado_para(pessoa(request), uuid), pessoa(request))


@require_http_methods(["GET", "HEAD", "POST"])
def chamado_por_link(request: HttpRequest, chave: str) -> HttpResponse:
    """A request of who has no account, by the link that was mailed."""
    return sem_rastro(_pagina(request, acesso.chamado_do_link(chave), None, chave))


@require_http_methods(["GET", "HEAD", "POST"])
def arquivo_do_link(request: HttpRequest, chave: str, uuid: UUID) -> HttpResponse | FileResponse:
    """Give a file to who has no account: the link may have been forwarded, so e-mail and CPF are asked for again."""
    chamado = acesso.chamado_do_link(chave)
    arquivo = acesso.arquivo_do_link(chamado, uuid)
    dentro = request.method == "POST" and permitido(request, "chamado", f"{chamado.uuid}:arquivo")
    if request.method == "POST" and not dentro:
        messages.error(request, MENSAGEM)
    form = ConfirmacaoForm(request.POST if dentro else None, chamado=chamado)
    if form.is_valid():
        registrar(chamado, "arquivo_baixado", None, arquivo=str(arquivo.uuid))
        resposta = baixar(arquivo, arquivo.servido)
        proteger(resposta)
        return resposta
    contexto = {"form": form, "arquivo": arquivo, "chamado": chamado, "chave": chave}
    return sem_rastro(render(request, "atendimento/arquivo_do_link.html", contexto))


def _pagina(request: HttpRequest, chamado: Chamado, por: Usuario | None, chave: str = "") -> HttpResponse:
    """Show the thread, or do what its forms ask: write, close, score."""
    acao = request.POST.get("acao", "escrever") if request.method == "POST" else ""
    mensagem = MensagemForm(
        *((request.POST, request.FILES) if acao == "escrever" else (None, None)), usuario=por
    )
    avaliacao = AvaliacaoForm(request.POST if acao == "avaliar" else None)
    if acao and _agir(request, acao, chamado, por, mensagem, avaliacao):
        return redirect(request.path)
    return render(
        request,
        "atendimento/chamado.html",
        {
            "chamado": chamado,
            "mensagens": acesso.mensagens(chamado),
            "form": mensagem,
            "avaliacao": avaliacao,
            "continua_em": enderecos.caminho(chamado.juntado_a) if chamado.juntado_a else "",
            "escreve": not chamado.encerrado or chamados.pode_reabrir(chamado),
            "chave": chave,
        },
    )


def _agir(
    request: HttpRequest,
    acao: str,
    chamado: Chamado,
    por: Usuario | None,
    mensagem: MensagemForm,
    avaliacao: AvaliacaoForm,
) -> bool:
    """Do what was asked; False when a form has to be shown again."""
    try:
        if acao == "encerrar":
            chamados.encerrar(chamado, por)
            messages.success(request, "Chamado encerrado. Conte como foi o atendimento.")
        elif acao == "avaliar" and avaliacao.is_valid():
            chamados.avaliar(chamado, por=por, **avaliacao.cleaned_data)
            messages.success(request, "Obrigado pela nota.")
        elif acao == "escrever" and not _permitido(request, "chamado", str(chamado.uuid)):
            mensagem.add_error(None, MENSAGEM)
            return False
        elif acao == "escrever" and mensagem.is_valid():
            chamados.escrever(chamado, _escrito(mensagem.cleaned_data), por)
            messages.success(request, "Mensagem enviada. A resposta chega por e-mail.")
        else:
            return False
    except chamados.NaoPode as erro:
        messages.error(request, str(erro))
    return True


def _permitido(request: HttpRequest, acao: str, chave: str, email: str = "") -> bool:
    """Tell whether this is within the limits. Of who is not signed in, the address and the files are counted too."""
    if request.user.is_authenticated:
        return permitido(request, acao, chave)
    return (
        permitido(request, acao, chave)
        and (not email or permitido(request, "ajuda_por_email", email.lower()))
        and (not request.FILES or permitido(request, "anexos_sem_conta"))
    )


def _escrito(dados: dict[str, Any]) -> Escrito:
    return Escrito(dados["texto"], dados["chave_envio"], dados["arquivos"])
