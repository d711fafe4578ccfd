"""The history of a request for help, and the mails about it: written in the transaction of their cause."""

from typing import Any

from atendimento.models import Chamado, EventoDoChamado, MensagemDoChamado
from cagec.correio.fila import enfileirar
from contas.models import Usuario

_DESCRICOES = {
    "aberto": "Chamado aberto",
    "reaberto": "Reaberto",
    "assumido": "Assumido",
    "perguntado": "Pergunta enviada",
    "respondido": "Resposta enviada",
    "classificado": "Classificado",
    "juntado": "Juntado a outro chamado",
    "recebeu": "Recebeu outro chamado",
    "encerrado": "Encerrado",
    "encerrado_por_silencio": "Encerrado por falta de resposta",
    "avaliado": "Nota recebida",
    "link_enviado": "Link de acesso enviado",
    "desbloqueado": "Entrada desbloqueada",
    "arquivo_baixado": "Arquivo baixado pelo link",
}


def historico(chamado: Chamado) -> list[tuple[EventoDoChamado, str]]:
    """Return what happened, oldest first, each with how it is told to the team."""
    return [(e, _DESCRICOES[e.tipo]) for e in chamado.eventos.select_related("por")]


def registrar(chamado: Chamado, tipo: str, por: Usuario | None, **dados: Any) -> EventoDoChamado:
    """Write what happened and who did it."""
    return EventoDoChamado.objects.create(chamado=chamado, tipo=tipo, por=por, dados=dados)


def avisar(chamado: Chamado, ocasiao: str, tipo: str, mensagem: MensagemDoChamado | None = None) -> None:
    """Queue a mail to who asked. ``ocasiao`` names the occurrence, which mails once."""
    contexto = {"chamado": str(chamado.uuid)}
    if mensagem is not None:
        contexto["mensagem"] = str(mensagem.uuid)
    para = chamado.usuario.email if chamado.usuario else chamado.email
    enfileirar(chave_da_mensagem(chamado, ocasiao), tipo, para, contexto, usuario=chamado.usuario)


def chave_da_mensagem(chamado: Chamado, ocasiao: str = "") -> str:
    """Return the key, in the outbox, of the mail of an occasion; without one, how all those of the request begin."""
    return f"chamado:{chamado.uuid}:{ocasiao}"
