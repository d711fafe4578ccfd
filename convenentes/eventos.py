"""The history of a request: one row per act, written in the same transaction as the act."""

from typing import Any

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import historico
from convenentes.models import EventoSolicitacao, Solicitacao


def registrar(
    solicitacao: Solicitacao, tipo: str, por: Usuario | None, *, de: str = "", para: str = "", **dados: Any
) -> EventoSolicitacao:
    """Write what happened, who did it (None: the system by itself) and the change of state, if any.

    A change of state may change the situation of the record, which is written with it.
    """
    if para and solicitacao.convenente_id is not None:
        historico.atualizar(hoje(), [solicitacao.convenente_id])
    return EventoSolicitacao.objects.create(
        solicitacao=solicitacao, tipo=tipo, por=por, de=de, para=para, dados=dados
    )
