"""The representante legal reads every declaration, retypes the password, and sends."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contas.limites import endereco_ip
from convenentes import itens
from convenentes.acesso import ASSINAM
from convenentes.assinaturas import (
    Incompleta,
    Mudou,
    Texto,
    assinar_e_enviar,
    resumo_dos_textos,
    textos_a_assinar,
)
from convenentes.forms.assinatura import AssinarForm
from convenentes.inscricao import Impedimento
from convenentes.models import Solicitacao
from convenentes.rascunho import NaoEditavel
from convenentes.views.comum import abrir, enviado, mostrar, pagina_de_edicao, pessoa
from documentos.assinatura import AssinaturaBloqueada, ConteudoAlterado, SenhaIncorreta


@pagina_de_edicao
def assinar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show every declaration in full; the password signs them all and sends the request."""
    solicitacao = abrir(request, uuid, ASSINAM)
    if solicitacao.estado == Solicitacao.Estado.EM_ANALISE:
        return redirect("solicitacao_comprovante", uuid)
    if not solicitacao.editavel:
        raise NaoEditavel
    if itens.o_que_falta(solicitacao):
        messages.warning(request, "Antes de assinar, complete o que falta.")
        return redirect("solicitacao_revisao", uuid)
    textos = textos_a_assinar(solicitacao)
    form = AssinarForm(enviado(request), initial={"resumo_lido": resumo_dos_textos(textos)})
    if request.method == "POST" and form.is_valid():
        try:
            return _assinar(request, solicitacao, form)
        except Mudou as erro:
            messages.error(request, str(erro))
            return redirect("solicitacao_assinar", uuid)
        except (Impedimento, Incompleta, ConteudoAlterado) as erro:
            messages.error(request, str(erro))
            return redirect("solicitacao_revisao", uuid)
        except (SenhaIncorreta, AssinaturaBloqueada) as erro:
            form.add_error("senha", str(erro))
    return _mostrar(request, solicitacao, textos, form)


def _assinar(request: HttpRequest, solicitacao: Solicitacao, form: AssinarForm) -> HttpResponse:
    assinar_e_enviar(
        solicitacao,
        pessoa(request),
        form.cleaned_data["senha"],
        resumo_lido=form.cleaned_data["resumo_lido"],
        ip=endereco_ip(request),
        navegador=request.META.get("HTTP_USER_AGENT", "")[:300],
    )
    messages.success(request, "Assinada e enviada para análise.")
    return redirect("solicitacao_comprovante", solicitacao.uuid)


def _mostrar(
    request: HttpRequest, solicitacao: Solicitacao, textos: list[Texto], form: AssinarForm
) -> HttpResponse:
    return mostrar(request, "assinar", solicitacao, "revisao", textos=textos, form=form)
