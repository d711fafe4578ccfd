"""Mail to the office: an answer to a request, when it proves that it is one; else a new request.

Proof is our signed Message-ID or the signed address of the request: only who received our mail has them. Who is in
From proves nothing, so it never opens the thread of anybody.
"""

from datetime import timedelta
from email.message import Message
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from atendimento import anexos, leitura
from atendimento.chamados import Escrito, Quem, abrir, escrever, pode_reabrir
from atendimento.enderecos import chamado_do_endereco
from atendimento.eventos import avisar
from atendimento.mensagens import chamado_da_mensagem
from atendimento.models import Categoria, Chamado
from cagec.correio.entrada import AUTOMATICAS, PROCESSADAS, Recebido
from cagec.correio.entrega import identificada
from cagec.correio.models import EmailRecebido
from documentos.verificacoes.isolamento import Interrompida, isolada

# Of one sender: who writes more is a program, or is angry; a person reads the rest.
POR_HORA, POR_DIA = 20, 60
MAIS_ARQUIVOS = 20  # that one mail may have; each is examined in a process of its own
CITADAS = 20  # of the mails that one says it answers, the last ones are looked at
_PARA = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_DE_PROGRAMA = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
_EM_MASSA = frozenset({"bulk", "junk", "list", "auto_reply"})
_QUEM_NAO_LE = ("mailer-daemon", "postmaster", "noreply", "no-reply", "nao-responda", "naoresponda")


def tratar(recebido: Recebido) -> str | None:
    """Make a request or an answer of a mail. None: a person reads it in its folder."""
    mensagem = recebido.mensagem
    if mensagem.get_content_type() == "multipart/report" or not recebido.remetente:
        return None
    if automatica(recebido):
        return AUTOMATICAS
    if _escreve_demais(recebido.remetente):
        return None
    try:
        lida = isolada(leitura.ler, recebido.conteudo, recebido.tamanho)
    except Interrompida:  # it would hold up the mailbox, or take the worker with it
        return None
    escrito = _escrito(recebido, lida)
    chamado = respondido(mensagem)
    if chamado is None:
        quem = Quem(recebido.remetente, nome=lida.nome)
        abrir(quem, escrito, categoria=Categoria.OUTRO, assunto=lida.assunto)
    else:
        _responder(chamado, escrito, lida.assunto)
    return PROCESSADAS


def _escreve_demais(remetente: str) -> bool:
    agora, mails = timezone.now(), EmailRecebido.objects.filter(remetente=remetente)
    na_hora = mails.filter(em__gte=agora - timedelta(hours=1)).count()
    return na_hora > POR_HORA or mails.filter(em__gte=agora - timedelta(days=1)).count() > POR_DIA


def automatica(recebido: Recebido) -> bool:
    """Tell whether a program wrote it (RFC 3834): nothing that answers it may leave."""
    mensagem = recebido.mensagem

    def campo(nome: str) -> str:
        return str(mensagem.get(nome, "")).strip().lower()

    return (
        campo("Auto-Submitted") not in {"", "no"}
        or campo("Precedence") in _EM_MASSA
        or any(nome in mensagem for nome in (*_DE_PROGRAMA, "X-CAGEC-Mensagem"))
        or campo("Return-Path") == "<>"
        or recebido.remetente.startswith(_QUEM_NAO_LE)
        or _e_nosso(recebido.remetente)
    )


def respondido(mensagem: Message) -> Chamado | None:
    """Return the request that a mail proves to answer; of one joined to another, that other."""
    enderecos = " ".join(str(valor) for nome in _PARA for valor in mensagem.get_all(nome, []))
    chamado = chamado_do_endereco(enderecos)
    citadas = leitura.identificacoes(mensagem, "References", "In-Reply-To")[-CITADAS:]
    for identificacao in reversed(citadas):
        if chamado is None and (nossa := identificada(identificacao)) is not None:
            chamado = chamado_da_mensagem(nossa)
    return (chamado.juntado_a or chamado) if chamado else None


def _responder(chamado: Chamado, escrito: Escrito, assunto: str) -> None:
    """Add to the thread; once it is too late for that, open a request that goes on from it."""
    if escrito.remetente == chamado.email.lower():
        Chamado.objects.filter(pk=chamado.pk).update(confirmado=True)
    if chamado.encerrado and not pode_reabrir(chamado):
        quem = Quem(chamado.email, chamado.usuario, chamado.cpf, chamado.nome, confirmado=True)
        abrir(quem, escrito, categoria=chamado.categoria, assunto=assunto, anterior=chamado)
        return
    mensagem = escrever(chamado, escrito, None)
    if mensagem.recusados:
        avisar(chamado, f"recusados:{mensagem.uuid}", "atendimento.arquivos_recusados", mensagem)


def _escrito(recebido: Recebido, lida: leitura.Lida) -> Escrito:
    aceitos, recusas = anexos.separar(lida.arquivos[:MAIS_ARQUIVOS])
    if len(lida.arquivos) > MAIS_ARQUIVOS:
        recusas.append(f"mais de {MAIS_ARQUIVOS} arquivos em um e-mail. Junte as páginas em um PDF.")
    return Escrito(
        lida.texto,
        UUID(recebido.resumo[:32]),
        aceitos,
        remetente=recebido.remetente,
        identificacao=lida.identificacao,
        integra=lida.integra,
        recusados=[*lida.recusados, *recusas],
    )


def _e_nosso(remetente: str) -> bool:
    """Tell whether an address is one of the portal's, with or without the mark of a request."""
    local, _, dominio = remetente.partition("@")
    nossos = {parseaddr(e)[1].lower() for e in (settings.DEFAULT_FROM_EMAIL, settings.CAIXA_DE_RETORNO) if e}
    return f"{local.partition('+')[0]}@{dominio}" in nossos
