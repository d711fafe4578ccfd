"""The citizen takes a request back, before the team begins to analyse it."""

from django.db import transaction

from contas.models import Usuario
from convenentes import eventos
from convenentes.alteracao import avisar_do_fim
from convenentes.analise import liberar_cnpj
from convenentes.models import Solicitacao


class NaoCancelavel(Exception):
    """The analysis has begun, or the request is over."""

    def __init__(self) -> None:
        super().__init__(
            "Esta solicitação não pode mais ser cancelada, porque a análise já começou ou já terminou."
        )


def cancelavel(solicitacao: Solicitacao) -> bool:
    """Tell whether nobody in the team has taken the request yet."""
    estados = {
        Solicitacao.Estado.RASCUNHO,
        Solicitacao.Estado.AGUARDANDO_ASSINATURA,
        Solicitacao.Estado.EM_ANALISE,
    }
    return solicitacao.estado in estados and solicitacao.analista_id is None


@transaction.atomic
def cancelar(solicitacao: Solicitacao, usuario: Usuario) -> None:
    """Cancel; a second call changes nothing. Raises NaoCancelavel."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if travada.estado == Solicitacao.Estado.CANCELADA:
        return
    if not cancelavel(travada):
        raise NaoCancelavel
    de, travada.estado = travada.estado, Solicitacao.Estado.CANCELADA
    travada.save(update_fields=["estado"])
    liberar_cnpj(travada)
    avisar_do_fim(travada)
    eventos.registrar(travada, "cancelada", usuario, de=de, para=travada.estado)
