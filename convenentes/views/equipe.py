"""The people of an organisation, and the invitations that a person answers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cagec.tempo import hoje
from convenentes import equipe, vinculacao
from convenentes.acesso import (
    ASSINAM,
    GERENTES,
    convenente_para,
    convite_para,
    papeis_no_convenente,
    vinculo_para,
)
from convenentes.forms.pessoas import ConviteForm, MotivoForm
from convenentes.models import Convenente, ConviteDeVinculo, EventoVinculo, Vinculo
from convenentes.views.comum import convite_permitido, enviado, pessoa

POR_PAGINA = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pessoas(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who acts for the organisation and who did. The representante legal invites from here."""
    usuario = pessoa(request)
    alvo = convenente_para(usuario, uuid, hoje(), ASSINAM if request.method == "POST" else None)
    form = ConviteForm(enviado(request))
    if request.method == "POST" and form.is_valid() and convite_permitido(request, form):
        try:
            convite = vinculacao.convidar(alvo, usuario, **form.cleaned_data)
        except vinculacao.JaAtua as erro:
            form.add_error("cpf", str(erro))
        else:
            messages.success(request, f"Convite enviado para {convite.email}.")
            return redirect("equipe", uuid)
    return render(request, "convenentes/equipe.html", _contexto(request, alvo, form))


def _contexto(request: HttpRequest, alvo: Convenente, form: ConviteForm) -> dict[str, object]:
    """A usuário reads who acts for the organisation, and no more."""
    usuario = pessoa(request)
    papeis = papeis_no_convenente(usuario, alvo.pk, hoje())
    contexto: dict[str, object] = {
        "convenente": alvo,
        "atuais": equipe.atuais(alvo, hoje()),
        "hoje": hoje(),
        "representa": bool(papeis & ASSINAM),
        "gerencia": bool(papeis & GERENTES),
        "so_uma": alvo.pk in equipe.sozinhos([alvo.pk], hoje()),
        "form": form,
    }
    if papeis & GERENTES:
        eventos = EventoVinculo.objects.filter(vinculo__convenente=alvo).order_by("-em", "-id")
        pagina = Paginator(eventos.select_related("vinculo__usuario", "por"), POR_PAGINA).get_page(
            request.GET.get("pagina")
        )
        contexto |= {
            "convites": alvo.convites.pendentes().select_related("criado_por"),
            "ex_integrantes": equipe.ex_integrantes(alvo, hoje()),
            "pagina": pagina,
            "historico": [(e, equipe.mudanca(e), equipe.autor(e)) for e in pagina],
        }
    return contexto


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desvincular(request: HttpRequest, uuid: UUID, vinculo: UUID) -> HttpResponse:
    """Ask why, then end the link. Who ends the own one leaves the organisation."""
    usuario = pessoa(request)
    alvo = vinculo_para(usuario, uuid, vinculo, hoje())
    form = MotivoForm(enviado(request))
    proprio = alvo.usuario_id == usuario.pk
    form.fields["motivo"].required = not proprio
    if request.method == "POST" and form.is_valid():
        vinculacao.desvincular(alvo, usuario, form.cleaned_data["motivo"])
        quem = "Você" if proprio else alvo.usuario.nome
        papel = alvo.get_papel_display().lower()
        messages.success(request, f"{quem} não atua mais por {alvo.convenente.razao_social} como {papel}.")
        return redirect("painel") if proprio else redirect("equipe", uuid)
    return _perguntar(request, "convenentes/equipe_desvincular.html", alvo, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def religar(request: HttpRequest, uuid: UUID, vinculo: UUID) -> HttpResponse:
    """Ask why, then link again somebody who was unlinked."""
    usuario = pessoa(request)
    convenente_para(usuario, uuid, hoje(), ASSINAM)
    alvo = vinculo_para(usuario, uuid, vinculo, hoje())
    form = MotivoForm(enviado(request))
    if request.method == "POST" and form.is_valid():
        vinculacao.religar(alvo, usuario, form.cleaned_data["motivo"])
        messages.success(request, f"{alvo.usuario.nome} voltou a atuar por {alvo.convenente.razao_social}.")
        return redirect("equipe", uuid)
    return _perguntar(request, "convenentes/equipe_religar.html", alvo, form)


def _perguntar(request: HttpRequest, pagina: str, alvo: Vinculo, form: MotivoForm) -> HttpResponse:
    contexto = {
        "convenente": alvo.convenente,
        "vinculo": alvo,
        "proprio": alvo.usuario_id == pessoa(request).pk,
        "form": form,
    }
    return render(request, pagina, contexto)


@login_required
@require_http_methods(["GET", "POST"])
def reenviar(request: HttpRequest, uuid: UUID, convite: UUID) -> HttpResponse:
    """Mail a pending invitation again."""
    if request.method == "POST":
        alvo = _convite_da_organizacao(request, uuid, convite)
        vinculacao.reenviar(alvo, pessoa(request))
        messages.success(
            request, f"Convite enviado para {alvo.email}. Por dia, enviamos uma vez para o mesmo endereço."
        )
    return redirect("equipe", uuid)


@login_required
@require_http_methods(["GET", "POST"])
def cancelar(request: HttpRequest, uuid: UUID, convite: UUID) -> HttpResponse:
    """Take a pending invitation back."""
    if request.method == "POST":
        alvo = _convite_da_organizacao(request, uuid, convite)
        vinculacao.dispensar(alvo)
        messages.success(request, f"O convite de {alvo.nome} foi cancelado.")
    return redirect("equipe", uuid)


def _convite_da_organizacao(request: HttpRequest, uuid: UUID, convite: UUID) -> ConviteDeVinculo:
    alvo = convenente_para(pessoa(request), uuid, hoje(), ASSINAM).convites.filter(uuid=convite).first()
    if alvo is None:
        raise Http404
    return alvo


@login_required
@require_http_methods(["GET", "POST"])
def aceitar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say yes to an invitation. Who comes back from signing in arrives without the click: the panel has it."""
    if request.method == "GET":
        return redirect("painel")
    convite = convite_para(pessoa(request), uuid)
    try:
        vinculo = vinculacao.aceitar(convite, pessoa(request))
    except vinculacao.ConviteSemValor as erro:
        messages.error(request, str(erro))
        return redirect("painel")
    papel = vinculo.get_papel_display().lower()
    messages.success(request, f"Agora você atua por {convite.convenente.razao_social} como {papel}.")
    return redirect("organizacao", convite.convenente.uuid)


@login_required
@require_http_methods(["GET", "POST"])
def recusar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say no to an invitation."""
    if request.method == "POST":
        convite = convite_para(pessoa(request), uuid)
        vinculacao.dispensar(convite)
        messages.success(request, f"Você recusou o convite de {convite.convenente.razao_social}.")
    return redirect("painel")
