"""Updates after approval: opening one, and choosing the obligations to renew."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cagec.campos import ChaveEnvioField
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import atualizacao, situacao
from convenentes.acesso import GERENTES, convenente_para
from convenentes.forms.documentos import AdicionarForm
from convenentes.models import Convenente, Solicitacao
from convenentes.views.comum import abrir_editavel, enviado, mostrar, pagina_de_edicao, pessoa
from documentos.models import Exigencia, Grupo

Iniciar = Callable[[Convenente, Usuario, UUID], Solicitacao]


@dataclass(frozen=True)
class Opcao:
    """An obligation that may be renewed, with its state today and whether it is in the request already."""

    exigencia: Exigencia
    linha: situacao.Linha | None
    incluida: bool
    marcada: bool


@login_required
@require_http_methods(["GET", "POST"])
def atualizar_documentos(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open an atualização de documentos, or go on with the open one."""
    return _iniciar(request, uuid, atualizacao.iniciar_documentos, "solicitacao_adicionar")


@login_required
@require_http_methods(["GET", "POST"])
def atualizar_dados(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open an atualização de dados, or go on with the open one."""
    return _iniciar(request, uuid, atualizacao.iniciar_dados, "solicitacao_dados")


def _iniciar(request: HttpRequest, uuid: UUID, iniciar: Iniciar, primeira: str) -> HttpResponse:
    """Who comes back from signing in arrives without the click: the organisation's page has the buttons."""
    if request.method == "GET":
        return redirect("organizacao", uuid)
    usuario = pessoa(request)
    convenente = convenente_para(usuario, uuid, hoje(), GERENTES)
    chave = ChaveEnvioField().clean(request.POST.get("chave_envio"))
    try:
        solicitacao = iniciar(convenente, usuario, chave)
    except atualizacao.NaoAtualizavel as erro:
        messages.error(request, str(erro))
        return redirect("organizacao", uuid)
    if solicitacao.estado != Solicitacao.Estado.RASCUNHO:
        messages.info(request, "Já há uma solicitação deste tipo em andamento. É esta.")
        return redirect("solicitacao", solicitacao.uuid)
    return redirect(primeira, solicitacao.uuid)


@pagina_de_edicao
def adicionar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose which obligations this update renews."""
    solicitacao = abrir_editavel(request, uuid)
    if not solicitacao.atualiza:
        raise Http404
    exigencias = {e.codigo: e for e in atualizacao.exigencias_disponiveis(solicitacao)}
    form = AdicionarForm(enviado(request), opcoes=[(c, e.nome) for c, e in exigencias.items()])
    if request.method == "POST" and form.is_valid():
        for codigo in form.cleaned_data["exigencias"]:
            atualizacao.incluir_exigencia_no_pedido(solicitacao, exigencias[codigo])
        return redirect("solicitacao_documentos", uuid)
    grupos = _opcoes(solicitacao, list(exigencias.values()), set(request.POST.getlist("exigencias")))
    return mostrar(request, "adicionar", solicitacao, "adicionar", form=form, grupos=grupos)


def _opcoes(
    solicitacao: Solicitacao, exigencias: list[Exigencia], marcadas: set[str]
) -> list[tuple[str, list[Opcao]]]:
    """Return the obligations by group. What is not in order today comes already marked, on a first look."""
    assert solicitacao.convenente is not None
    linhas = {linha.exigencia_id: linha for linha in situacao.linhas(hoje(), [solicitacao.convenente.pk])}
    incluidas = set(solicitacao.itens.filter(exigencia__isnull=False).values_list("exigencia", flat=True))
    grupos: dict[str, list[Opcao]] = {}
    for exigencia in exigencias:
        linha = linhas.get(exigencia.pk)
        pedida = exigencia.codigo in marcadas or (not marcadas and linha is not None and linha.irregular)
        opcao = Opcao(exigencia, linha, exigencia.pk in incluidas, pedida)
        grupos.setdefault(Grupo(exigencia.grupo).label, []).append(opcao)
    return list(grupos.items())
