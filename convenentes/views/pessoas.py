"""Who works on the request: the representante legal and the usuários who help. For who manages it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cagec.tempo import hoje
from convenentes import alteracao, participantes
from convenentes.acesso import GERENTES
from convenentes.forms.mandato import MandatoForm
from convenentes.forms.pessoas import RepresentanteForm, UsuarioForm
from convenentes.models import PapelVinculo, Secao
from convenentes.views.comum import (
    abrir_editavel,
    acao,
    convite_permitido,
    enviado,
    mostrar,
    pagina_de_edicao,
    pessoa,
    seguir,
)
from convenentes.views.secoes import item_da_secao, recusa_publicada


@pagina_de_edicao
def representante(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who signs. Naming him mails him the instructions."""
    solicitacao = abrir_editavel(request, uuid, GERENTES)
    item = item_da_secao(solicitacao, Secao.REPRESENTANTE)
    usuario = pessoa(request)
    atual = solicitacao.proposta.get(Secao.REPRESENTANTE, {})
    inicial = {**atual, "sou_eu": atual.get("cpf") == usuario.cpf}
    classe, nomear = RepresentanteForm, participantes.nomear_representante
    if solicitacao.altera_representante:
        classe, nomear = MandatoForm, alteracao.definir_mandato
    form = classe(enviado(request), usuario=usuario, hoje=hoje(), initial=inicial)
    if request.method == "POST" and form.is_valid() and convite_permitido(request, form):
        nomeado = nomear(solicitacao, usuario, **form.mandato())
        if nomeado.usuario_id != usuario.pk:
            messages.success(request, f"Enviamos as instruções para {nomeado.nome}.")
        return seguir(request, solicitacao, Secao.REPRESENTANTE)
    return mostrar(
        request,
        "representante",
        solicitacao,
        Secao.REPRESENTANTE,
        form=form,
        recusa=recusa_publicada(item),
        nomeado=solicitacao.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first(),
    )


@acao
def representante_reenviar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mail the instructions again, at most once a day."""
    solicitacao = abrir_editavel(request, uuid, GERENTES)
    nomeado = solicitacao.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first()
    if nomeado is None:
        raise Http404
    participantes.avisar_representante(nomeado, f"pedido:{hoje():%Y%m%d}")
    messages.success(
        request, f"Instruções enviadas para {nomeado.nome}. Por dia, enviamos uma vez para o mesmo endereço."
    )
    return redirect("solicitacao_representante", uuid)


@pagina_de_edicao
def pessoas(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Invite somebody to fill in and attach."""
    solicitacao = abrir_editavel(request, uuid, GERENTES)
    form = UsuarioForm(enviado(request))
    if request.method == "POST" and form.is_valid() and convite_permitido(request, form):
        convidado = participantes.convidar_usuario(solicitacao, pessoa(request), **form.cleaned_data)
        messages.success(
            request, f"{convidado.nome} pode preencher esta solicitação. O convite foi por e-mail."
        )
        return redirect("solicitacao_pessoas", uuid)
    ajudantes = solicitacao.participantes.filter(papel=PapelVinculo.USUARIO).select_related("usuario")
    return mostrar(request, "pessoas", solicitacao, "pessoas", form=form, ajudantes=ajudantes)


@acao
def pessoa_retirar(request: HttpRequest, uuid: UUID, participante: UUID) -> HttpResponse:
    """Take an invited usuário out. Somebody already out changes nothing."""
    solicitacao = abrir_editavel(request, uuid, GERENTES)
    ajudante = solicitacao.participantes.filter(papel=PapelVinculo.USUARIO, uuid=participante).first()
    if ajudante is not None:
        participantes.retirar_usuario(ajudante, pessoa(request))
        messages.success(request, f"{ajudante.nome} não tem mais acesso a esta solicitação.")
    return redirect("solicitacao_pessoas", uuid)
