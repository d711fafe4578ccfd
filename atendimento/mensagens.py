"""E-mails about a request for help. They are threaded, and can be answered by mail when a mailbox is read."""

import re
from typing import Any

from django.db.models import QuerySet

from atendimento.enderecos import endereco, endereco_de_resposta
from atendimento.eventos import chave_da_mensagem
from atendimento.models import Chamado, MensagemDoChamado
from cagec.correio.entrega import identificacao
from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, tipo

_REFERENCIAS = 20
AUTOMATICA = "auto-replied"  # RFC 3834: no program answers it
DE_UMA_PESSOA = "no"


def _chamado(contexto: dict[str, Any]) -> Chamado:
    """Return the request that a mail speaks of. Raises LookupError when it is gone."""
    chamado = Chamado.objects.filter(uuid=contexto["chamado"]).select_related("usuario", "juntado_a").first()
    if chamado is None:
        raise LookupError("chamado")
    return chamado


def _mensagem(chamado: Chamado, contexto: dict[str, Any]) -> MensagemDoChamado:
    mensagem = chamado.mensagens.filter(uuid=contexto["mensagem"]).first()
    if mensagem is None:
        raise LookupError("mensagem do chamado")
    return mensagem


@tipo("atendimento.recebido")
def recebido(contexto: dict[str, Any]) -> Corpo:
    """The request has a number and a deadline.

    Anybody can give any address: until who reads it is known, nothing that was typed is carried there.
    """
    chamado = _chamado(contexto)
    do_que = f": “{chamado.assunto}”" if chamado.confirmado else ""
    paragrafos = [f"Recebemos seu pedido de ajuda{do_que}."]
    if chamado.anterior:
        paragrafos.append(f"Ele continua o chamado nº {chamado.anterior.numero}, já encerrado.")
    if chamado.prazo:
        paragrafos.append(f"A equipe CAGEC responde até {chamado.prazo:%d/%m/%Y}, neste e-mail.")
    recusados = _recusados(_mensagem(chamado, contexto))
    if recusados and not chamado.confirmado:
        recusados = ["Não pudemos aceitar todos os arquivos. A página do chamado diz quais e por quê."]
    paragrafos += recusados
    return _corpo(chamado, "recebemos seu pedido de ajuda", paragrafos, "Acompanhar o chamado", AUTOMATICA)


@tipo("atendimento.arquivos_recusados")
def arquivos_recusados(contexto: dict[str, Any]) -> Corpo:
    """The answer arrived, but not all of its files."""
    chamado = _chamado(contexto)
    recusados = _recusados(_mensagem(chamado, contexto))
    paragrafos = ["Recebemos sua mensagem, mas não todos os arquivos dela.", *recusados]
    return _corpo(chamado, "um arquivo não foi aceito", paragrafos, "Enviar de novo pelo portal", AUTOMATICA)


@tipo("atendimento.resposta")
def resposta(contexto: dict[str, Any]) -> Corpo:
    """What the team answered, or asked."""
    chamado = _chamado(contexto)
    mensagem = _mensagem(chamado, contexto)
    paragrafos = [linha for linha in mensagem.texto.splitlines() if linha.strip()]
    if mensagem.arquivos.exists():
        paragrafos.append("Há arquivos nesta resposta: baixe-os na página do chamado.")
        if chamado.usuario is None:
            paragrafos.append(
                f"Para baixar, informe de novo seu e-mail{' e seu CPF' if chamado.cpf else ''}."
            )
    return _corpo(chamado, chamado.assunto, paragrafos, "Abrir o chamado", DE_UMA_PESSOA)


@tipo("atendimento.silencio")
def silencio(contexto: dict[str, Any]) -> Corpo:
    """Two days more, and the request closes."""
    paragrafos = [
        "Respondemos seu chamado há alguns dias e não recebemos retorno.",
        "Se ainda precisa de ajuda, escreva. Se não, não é preciso fazer nada: ele será encerrado em dois dias.",
    ]
    return _corpo(_chamado(contexto), "seu chamado será encerrado", paragrafos, "Abrir o chamado", AUTOMATICA)


@tipo("atendimento.encerrado")
def encerrado(contexto: dict[str, Any]) -> Corpo:
    """The end, and how to say how it was."""
    paragrafos = [
        "Seu chamado foi encerrado. Se o problema continuar, escreva em até sete dias e ele será reaberto.",
        "Conte como foi o atendimento: leva um minuto e ajuda a melhorar.",
    ]
    return _corpo(
        _chamado(contexto), "seu chamado foi encerrado", paragrafos, "Dar uma nota ao atendimento", AUTOMATICA
    )


@tipo("atendimento.juntado")
def juntado(contexto: dict[str, Any]) -> Corpo:
    """Two requests about the same thing are one."""
    chamado = _chamado(contexto)
    outro = chamado.juntado_a or chamado
    paragrafos = [
        f"Seus chamados nº {chamado.numero} e nº {outro.numero} tratam do mesmo assunto e foram juntados.",
        f"A resposta chega pelo chamado nº {outro.numero}. Você não precisa fazer nada.",
    ]
    return _corpo(outro, "juntamos seus chamados", paragrafos, "Abrir o chamado", AUTOMATICA)


def _recusados(mensagem: MensagemDoChamado) -> list[str]:
    if not mensagem.recusados:
        return []
    motivos = [f"- {motivo}" for motivo in mensagem.recusados.splitlines()]
    return ["Não pudemos aceitar:", *motivos, "O resto da mensagem foi recebido."]


def _corpo(chamado: Chamado, assunto: str, paragrafos: list[str], botao: str, automatica: str) -> Corpo:
    url, abre_sozinha = endereco(chamado)
    resposta = endereco_de_resposta(chamado)
    como = "Para responder, responda a este e-mail" if resposta else "Para responder, use o botão abaixo"
    return Corpo(
        f"CAGEC: {assunto} [chamado {chamado.numero}]",
        [
            f"Olá, {chamado.quem}." if chamado.confirmado else "Olá.",
            *paragrafos,
            f"{como}. Este é o chamado nº {chamado.numero}.",
        ],
        (botao, url),
        segredo=url if abre_sozinha else "",
        cabecalhos={"Auto-Submitted": automatica, "Reply-To": resposta, **_conversa(chamado)},
    )


def _conversa(chamado: Chamado) -> dict[str, str]:
    """The headers by which mail programs keep a conversation together (RFC 5322, 3.6.4)."""
    recebidas = chamado.mensagens.exclude(identificacao="").values_list("identificacao", flat=True)
    nossas = [identificacao(mensagem) for mensagem in enviadas(chamado).order_by("pk")]
    anteriores = [*recebidas, *nossas]
    if not anteriores:
        return {}
    ultima = list(recebidas)[-1:] or nossas[-1:]
    return {"In-Reply-To": ultima[0], "References": " ".join(anteriores[-_REFERENCIAS:])}


def enviadas(chamado: Chamado) -> QuerySet[Mensagem]:
    """Mails about a request that have left."""
    chave = chave_da_mensagem(chamado)
    return Mensagem.objects.filter(chave__startswith=chave, estado=Mensagem.Estado.ENVIADA)


def chamado_da_mensagem(mensagem: Mensagem) -> Chamado | None:
    """Return the request that a mail of the outbox speaks of, if it is of this kind."""
    achado = re.match(r"chamado:([0-9a-f-]{36}):", mensagem.chave)
    return Chamado.objects.filter(uuid=achado[1]).first() if achado else None
