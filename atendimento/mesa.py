"""What the team does with a request: take it, answer, note, classify, close, join two of the same person."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from atendimento import anexos
from atendimento.chamados import NaoPode, fechar, travar
from atendimento.eventos import avisar, registrar
from atendimento.models import Chamado, MensagemDoChamado, RespostaPronta
from atendimento.prazos import prazo
from cagec.campos import chave_do_conteudo
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes.models import Convenente
from documentos.envio import Verificado

Estado = Chamado.Estado


@transaction.atomic
def assumir(chamado: Chamado, por: Usuario) -> None:
    """Take a request, also from a colleague. Twice is once. Raises NaoPode when it is closed."""
    travado = travar(chamado)
    if travado.encerrado:
        raise NaoPode("Este chamado já foi encerrado.")
    if travado.atendente_id == por.pk:
        return
    _assumir(travado, por)
    travado.save()


@transaction.atomic
def responder(
    chamado: Chamado,
    por: Usuario,
    texto: str,
    *,
    chave_envio: UUID,
    pergunta: bool = False,
    encerra: bool = False,
    arquivos: list[Verificado] | None = None,
) -> MensagemDoChamado:
    """Answer, and mail the answer: who has no one takes it. ``pergunta``: nothing goes on without the person.

    The same key with the same content is one. Raises NaoPode when it is closed.
    """
    travado = travar(chamado)
    mensagem, criada = _escrever(travado, por, texto, chave_envio, interna=False)
    if not criada:
        return mensagem
    if travado.encerrado:
        raise NaoPode("Este chamado já foi encerrado. A pessoa ainda pode reabri-lo se escrever.")
    anexos.guardar(mensagem, arquivos or [], por)
    if travado.atendente_id is None:
        _assumir(travado, por)
    travado.estado = Estado.AGUARDANDO_USUARIO if pergunta else Estado.RESPONDIDO
    travado.prazo = travado.silencio_avisado_em = None
    travado.movido_em = mensagem.em
    travado.respondido_em = travado.respondido_em or mensagem.em
    registrar(travado, "perguntado" if pergunta else "respondido", por)
    if encerra:
        fechar(travado, por, "encerrado")
    else:
        travado.save()
    avisar(travado, f"resposta:{mensagem.uuid}", "atendimento.resposta", mensagem)
    return mensagem


@transaction.atomic
def anotar(
    chamado: Chamado,
    por: Usuario,
    texto: str,
    *,
    chave_envio: UUID,
    arquivos: list[Verificado] | None = None,
) -> MensagemDoChamado:
    """Leave a note, with files, that only the team reads. The same key with the same content is one."""
    mensagem, criada = _escrever(travar(chamado), por, texto, chave_envio, interna=True)
    if criada:
        anexos.guardar(mensagem, arquivos or [], por)
    return mensagem


@transaction.atomic
def classificar(chamado: Chamado, por: Usuario, categoria: str, convenente: Convenente | None) -> None:
    """Say what the request is about. Another category may give it another deadline, from the day it came."""
    travado = travar(chamado)
    if (travado.categoria, travado.convenente_id) == (categoria, convenente.pk if convenente else None):
        return
    registrar(travado, "classificado", por, categoria=categoria)
    if travado.prazo and travado.categoria != categoria:
        travado.prazo = prazo(categoria, timezone.localdate(travado.movido_em))
    travado.categoria, travado.convenente = categoria, convenente
    travado.save()


@transaction.atomic
def encerrar(chamado: Chamado, por: Usuario) -> None:
    """Close without another answer; the person is told, and may score or write again. Twice is once."""
    travado = travar(chamado)
    if travado.encerrado:
        return
    fechar(travado, por, "encerrado")
    _avisar_do_fim(travado)


@transaction.atomic
def juntar(chamado: Chamado, alvo: Chamado, por: Usuario) -> None:
    """Close a request into another of the same person, whose page shows both threads from now on. Raises NaoPode."""
    travados = {c.pk: c for c in map(travar, sorted((chamado, alvo), key=lambda c: c.pk))}
    este, outro = travados[chamado.pk], travados[alvo.pk]
    if este.pk == outro.pk or este.juntado_a_id or outro.juntado_a_id:
        raise NaoPode("Escolha outro chamado, que não tenha sido juntado.")
    if outro.encerrado:
        raise NaoPode("O outro chamado está encerrado. Junte aquele a este.")
    if not mesma_pessoa(este, outro):
        raise NaoPode("Só se juntam chamados da mesma pessoa: um mostraria ao outro o que não é dele.")
    este.juntado_a = outro
    if este.encerrado:
        este.save()
    else:
        fechar(este, por, "juntado")
    este.juntados.update(juntado_a=outro)
    registrar(outro, "recebeu", por, numero=este.numero)
    if outro.estado in Chamado.COM_A_PESSOA:
        outro.estado, outro.prazo = Estado.EM_ATENDIMENTO, prazo(outro.categoria, hoje())
    outro.silencio_avisado_em = None
    outro.save()
    avisar(este, "juntado", "atendimento.juntado")


def mesma_pessoa(um: Chamado, outro: Chamado) -> bool:
    """Tell whether two requests were proved to be of one person, by the account or by the address."""
    if um.usuario_id or outro.usuario_id:
        return um.usuario_id == outro.usuario_id
    return um.confirmado and outro.confirmado and um.email.lower() == outro.email.lower()


def preencher(resposta: RespostaPronta, chamado: Chamado) -> str:
    """Return a canned answer with the data of the request. A brace of anything else stays as it was typed."""
    convenente = chamado.convenente
    valores = {
        "{nome}": chamado.quem,
        "{numero}": str(chamado.numero),
        "{organizacao}": convenente.razao_social if convenente else "sua organização",
        "{cnpj}": convenente.cnpj_formatado if convenente else "",
    }
    texto = resposta.texto
    for lugar, valor in valores.items():
        texto = texto.replace(lugar, valor)
    return texto


def _avisar_do_fim(chamado: Chamado) -> None:
    assert chamado.encerrado_em is not None
    avisar(chamado, f"encerrado:{chamado.encerrado_em:%Y%m%d%H%M%S}", "atendimento.encerrado")


def _assumir(travado: Chamado, por: Usuario) -> None:
    travado.atendente = por
    if travado.estado == Estado.ABERTO:
        travado.estado = Estado.EM_ATENDIMENTO
    registrar(travado, "assumido", por)


def _escrever(
    travado: Chamado, por: Usuario, texto: str, chave_envio: UUID, **campos: Any
) -> tuple[MensagemDoChamado, bool]:
    return MensagemDoChamado.objects.get_or_create(
        chave_envio=chave_do_conteudo(chave_envio, travado.pk, texto, campos["interna"]),
        defaults={"chamado": travado, "autor": por, "da_equipe": True, "texto": texto, **campos},
    )
