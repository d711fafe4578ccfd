"""A new representante legal: the form that asks, the page where others contest, and the renúncia."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cagec.tempo import hoje
from contas.limites import MENSAGEM, permitido
from convenentes import alteracao, sucessao
from convenentes.acesso import ASSINAM, convenente_para, mandato_para, solicitacoes_de
from convenentes.forms.mandato import AlteracaoForm, ContestacaoForm, RenunciaForm
from convenentes.inscricao import Impedimento
from convenentes.models import Solicitacao
from convenentes.views.comum import enviado, pessoa
from convenentes.views.resumo import resumo_do_mandato
from documentos.assinatura import AssinaturaBloqueada, SenhaIncorreta


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """Ask to represent one organisation or several. Who cannot reads why, and what to do instead, on the same page."""
    inicial = {"cnpjs": request.GET.get("cnpj", ""), "sou_eu": True, "chave_envio": uuid4()}
    form = AlteracaoForm(enviado(request), usuario=pessoa(request), hoje=hoje(), initial=inicial)
    impedimento = None
    if request.method == "POST" and form.is_valid() and _dentro_do_limite(request, form):
        dados = form.cleaned_data
        try:
            abertas = alteracao.pedir(dados["cnpjs"], pessoa(request), dados["chave_envio"], form.mandato())
        except Impedimento as erro:
            impedimento = erro
        else:
            return _seguir(request, abertas)
    contexto = {"form": form, "impedimento": impedimento}
    return render(request, "convenentes/alteracao/nova.html", contexto)


def _dentro_do_limite(request: HttpRequest, form: AlteracaoForm) -> bool:
    """Naming somebody else mails an address of the person's choice: nobody does it by the hundred."""
    if form.cleaned_data["sou_eu"] or permitido(request, "convidar"):
        return True
    form.add_error(None, MENSAGEM)
    return False


def _seguir(request: HttpRequest, abertas: list[Solicitacao]) -> HttpResponse:
    if len(abertas) > 1:
        messages.info(
            request,
            f"Abrimos {len(abertas)} solicitações, uma por organização. Identidade, CPF, endereço e selfie enviados "
            "em uma valem para todas. As outras estão no seu painel: assine cada uma.",
        )
    primeira = abertas[0]
    if primeira.estado != Solicitacao.Estado.RASCUNHO:
        return redirect("solicitacao", primeira.uuid)
    return redirect("solicitacao_documentos", primeira.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ver(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who asks to represent the organisation to who has a say, and take what is said against it."""
    usuario = pessoa(request)
    solicitacao = alteracao.contestaveis_por(usuario, hoje()).filter(uuid=uuid).first()
    if solicitacao is None and solicitacoes_de(usuario, hoje()).filter(uuid=uuid).exists():
        return redirect("solicitacao", uuid)
    if solicitacao is None:
        raise Http404
    form = ContestacaoForm(enviado(request))
    if request.method == "POST" and form.is_valid():
        try:
            alteracao.contestar(solicitacao, usuario, **form.cleaned_data)
        except alteracao.NaoContestavel as erro:
            messages.warning(request, str(erro))
        else:
            messages.success(request, "Contestação enviada. A equipe CAGEC lê antes de decidir.")
        return redirect("painel")
    contexto = {
        "solicitacao": solicitacao,
        "mandato": resumo_do_mandato(solicitacao),
        "minhas": alteracao.contestacoes(solicitacao).filter(por=usuario),
        "form": form,
    }
    return render(request, "convenentes/alteracao/ver.html", contexto)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renunciar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the office up, with the password. What follows is on the page."""
    usuario = pessoa(request)
    convenente = convenente_para(usuario, uuid, hoje(), ASSINAM)
    vinculo = mandato_para(usuario, convenente, hoje())
    form = RenunciaForm(enviado(request), initial={"desde": hoje()})
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            sucessao.renunciar(vinculo, usuario, dados["senha"], dados["desde"], dados["motivo"])
        except sucessao.NaoRenunciavel as erro:
            form.add_error("desde", str(erro))
        except (SenhaIncorreta, AssinaturaBloqueada) as erro:
            form.add_error("senha", str(erro))
        else:
            fim = f"{dados['desde']:%d/%m/%Y}"
            messages.success(
                request, f"Renúncia registrada: você deixa de representar a organização em {fim}."
            )
            return redirect("painel")
    return render(
        request,
        "convenentes/alteracao/renunciar.html",
        {
            "convenente": convenente,
            "vinculo": vinculo,
            "volta": sucessao.retorno_em(convenente, vinculo.periodo.upper),
            "form": form,
        },
    )
