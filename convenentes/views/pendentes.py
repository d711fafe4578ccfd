"""Documents that wait for the signature of a representante legal: several requests are read and signed together."""

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cagec.tempo import hoje
from contas.limites import endereco_ip
from convenentes import itens
from convenentes.acesso import ASSINAM, a_assinar_por, solicitacao_para
from convenentes.assinaturas import (
    Incompleta,
    Mudou,
    Texto,
    assinar_e_enviar,
    resumo_dos_textos,
    textos_a_assinar,
)
from convenentes.forms.assinatura import SenhaForm
from convenentes.inscricao import Impedimento
from convenentes.models import Solicitacao
from convenentes.rascunho import NaoEditavel
from convenentes.views.comum import enviado, pessoa
from convenentes.views.etapas import link_da_falta
from documentos.assinatura import AssinaturaBloqueada, ConteudoAlterado, SenhaIncorreta

POR_PAGINA = 10  # what one reads before typing the password once


@dataclass(frozen=True)
class Leitura:
    """A request to sign with its texts, or with ``faltas``: what keeps it from being signed, and where to give it."""

    solicitacao: Solicitacao
    faltas: list[tuple[str, str]]
    textos: list[Texto] = field(default_factory=list)

    @property
    def resumo(self) -> str:
        return resumo_dos_textos(self.textos)


@login_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """List the requests that wait for the signature of the person, oldest first, each with what it still lacks."""
    pendentes = a_assinar_por(pessoa(request), hoje()).order_by("encaminhada_em", "id")
    pagina = Paginator(pendentes, POR_PAGINA).get_page(request.GET.get("pagina"))
    faltas = itens.o_que_falta_em(list(pagina))
    leituras = [Leitura(s, _com_lugar(s, faltas[s.pk])) for s in pagina]
    ha_prontas = any(not leitura.faltas for leitura in leituras)
    return render(
        request,
        "convenentes/assinaturas_pendentes.html",
        {"pagina": pagina, "leituras": leituras, "ha_prontas": ha_prontas},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assinar_juntas(request: HttpRequest) -> HttpResponse:
    """Show every text of the chosen requests; the password signs and sends each request on its own."""
    escolhidas = _escolhidas(request)
    if not escolhidas:
        messages.warning(request, "Escolha ao menos uma solicitação para ler e assinar.")
        return redirect("assinaturas_pendentes")
    form = SenhaForm(enviado(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _assinar(request, escolhidas, form.cleaned_data["senha"])
        except (SenhaIncorreta, AssinaturaBloqueada) as erro:
            form.add_error("senha", str(erro))
    leituras = [_ler(solicitacao) for solicitacao in escolhidas if solicitacao.editavel]
    return render(
        request,
        "convenentes/assinar_juntas.html",
        {"leituras": leituras, "form": form, "prontas": [x for x in leituras if not x.faltas]},
    )


def _escolhidas(request: HttpRequest) -> list[Solicitacao]:
    """The requests named in the address. Raises Http404 or PermissionDenied for one that the person cannot sign."""
    uuids = []
    for texto in dict.fromkeys(request.GET.getlist("pedido")[:POR_PAGINA]):
        try:
            uuids.append(UUID(texto))
        except ValueError:
            continue
    return [solicitacao_para(pessoa(request), uuid, hoje(), ASSINAM) for uuid in uuids]


def _ler(solicitacao: Solicitacao) -> Leitura:
    faltas = _com_lugar(solicitacao, itens.o_que_falta(solicitacao))
    return Leitura(solicitacao, faltas, [] if faltas else textos_a_assinar(solicitacao))


def _com_lugar(solicitacao: Solicitacao, faltas: list[itens.Falta]) -> list[tuple[str, str]]:
    return [(falta.texto, link_da_falta(solicitacao, falta)) for falta in faltas]


def _assinar(request: HttpRequest, escolhidas: list[Solicitacao], senha: str) -> HttpResponse:
    """Sign what was on the page. One that changed meanwhile is told and stops no other."""
    lidos = {
        uuid: resumo for uuid, _, resumo in (lido.partition(":") for lido in request.POST.getlist("lido"))
    }
    enviadas = 0
    for solicitacao in escolhidas:
        resumo_lido = lidos.get(str(solicitacao.uuid))
        if resumo_lido is None:
            continue
        try:
            assinar_e_enviar(
                solicitacao,
                pessoa(request),
                senha,
                resumo_lido=resumo_lido,
                ip=endereco_ip(request),
                navegador=request.META.get("HTTP_USER_AGENT", "")[:300],
            )
            enviadas += 1
        except (Mudou, Incompleta, Impedimento, ConteudoAlterado, NaoEditavel) as erro:
            messages.error(request, f"{solicitacao.nome_do_convenente}: {erro}")
    if enviadas:
        messages.success(request, f"Solicitações assinadas e enviadas para análise: {enviadas}.")
    return redirect("assinaturas_pendentes")
