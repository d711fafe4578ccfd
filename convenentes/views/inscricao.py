"""The first steps of an inscription: the CNPJ and the type."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cagec.tempo import hoje
from convenentes import inscricao, receita
from convenentes.forms.inscricao import CnpjForm, NovaInscricaoForm, TipoForm
from convenentes.models import Solicitacao
from convenentes.rascunho import NaoEditavel
from convenentes.views.comum import abrir_editavel, enviado, mostrar, pagina_de_edicao, pessoa, seguir


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """Open a draft. Who cannot be inscribed reads why, and what to do instead, on the same page."""
    form = NovaInscricaoForm(enviado(request))
    impedimento = None
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            natureza, da_receita = receita.identificar(dados["cnpj"], dados["natureza"], hoje())
            solicitacao = inscricao.iniciar(
                dados["cnpj"], natureza, pessoa(request), dados["chave_envio"], da_receita
            )
        except inscricao.Impedimento as erro:
            impedimento = erro
        except receita.FaltaNatureza as erro:
            form.add_error("natureza", str(erro))
        else:
            return redirect("solicitacao_tipo", solicitacao.uuid)
    contexto = {"form": form, "impedimento": impedimento}
    return render(request, "convenentes/solicitacao/nova.html", contexto)


@pagina_de_edicao
def cnpj(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct the CNPJ or the natureza jurídica of a draft."""
    solicitacao = _inscricao_editavel(request, uuid)
    inicial = {"cnpj": solicitacao.cnpj_formatado, "natureza": solicitacao.natureza}
    form = CnpjForm(enviado(request), initial=inicial)
    impedimento = None
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            natureza, da_receita = receita.identificar(dados["cnpj"], dados["natureza"], hoje())
            inscricao.corrigir_cnpj(solicitacao, pessoa(request), dados["cnpj"], natureza, da_receita)
        except inscricao.Impedimento as erro:
            impedimento = erro
        except receita.FaltaNatureza as erro:
            form.add_error("natureza", str(erro))
        else:
            return redirect("solicitacao_tipo", uuid)
    return mostrar(request, "cnpj", solicitacao, "cnpj", form=form, impedimento=impedimento)


@pagina_de_edicao
def tipo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose the type among those of the natureza jurídica."""
    solicitacao = _inscricao_editavel(request, uuid)
    assert solicitacao.natureza is not None
    tipos = list(solicitacao.natureza.tipos.all())
    atual = solicitacao.tipo_convenente or (tipos[0] if len(tipos) == 1 else None)
    inicial = {"tipo": atual.slug} if atual else {}
    form = TipoForm(enviado(request), natureza=solicitacao.natureza, initial=inicial)
    if request.method == "POST" and form.is_valid():
        inscricao.definir_tipo(solicitacao, form.cleaned_data["tipo"])
        solicitacao.refresh_from_db()
        return seguir(request, solicitacao, "tipo")
    return mostrar(request, "tipo", solicitacao, "tipo", form=form, unico=len(tipos) == 1)


def _inscricao_editavel(request: HttpRequest, uuid: UUID) -> Solicitacao:
    """CNPJ and type are fixed once the inscription was sent, also after a return."""
    solicitacao = abrir_editavel(request, uuid)
    if not inscricao.identificacao_aberta(solicitacao):
        raise NaoEditavel
    return solicitacao
