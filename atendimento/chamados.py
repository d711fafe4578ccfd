"""What who asked for help does: ask, write again, close, give a score.

Whose turn it is decides everything else: while it is the team's there is a deadline; while it is the person's, silence
closes the request (``silencio``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from atendimento import anexos
from atendimento.eventos import avisar, registrar
from atendimento.models import Chamado, MensagemDoChamado
from atendimento.prazos import prazo
from cagec.campos import chave_do_conteudo
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes.models import Convenente
from documentos.envio import Verificado

Estado = Chamado.Estado
REABRE_EM = timedelta(days=7)


class NaoPode(Exception):
    """The act does not fit the state of the request. The message says so, with the remedy."""


@dataclass(frozen=True)
class Quem:
    """Who asks. Without an account, all answers go to ``email``; ``confirmado``: the person was seen to read it."""

    email: str
    usuario: Usuario | None = None
    cpf: str = ""
    nome: str = ""
    confirmado: bool = False


@dataclass(frozen=True)
class Escrito:
    """A message that arrives. Only one that came by mail has ``remetente`` and what follows it."""

    texto: str
    chave_envio: UUID
    arquivos: Sequence[Verificado] = ()
    remetente: str = ""
    identificacao: str = ""
    integra: str = ""
    recusados: Sequence[str] = field(default_factory=list)


def quem_entrou(usuario: Usuario) -> Quem:
    """Describe somebody who is signed in."""
    return Quem(usuario.email, usuario, usuario.cpf, usuario.nome, confirmado=True)


@transaction.atomic
def abrir(
    quem: Quem,
    escrito: Escrito,
    *,
    categoria: str,
    assunto: str,
    convenente: Convenente | None = None,
    contexto: dict[str, Any] | None = None,
    anterior: Chamado | None = None,
) -> Chamado:
    """Open a request with its first message, and mail its number. The same key with the same content is one."""
    chave = chave_do_conteudo(escrito.chave_envio, quem.email, assunto, escrito.texto)
    chamado, criado = Chamado.objects.get_or_create(
        chave_envio=chave,
        defaults={
            "numero": _novo_numero,  # called only when there is a row to create
            "categoria": categoria,
            "assunto": assunto,
            "convenente": convenente,
            "usuario": quem.usuario,
            "cpf": quem.cpf,
            "nome": quem.nome,
            "email": quem.email,
            "confirmado": quem.confirmado,
            "contexto": contexto or {},
            "anterior": anterior,
            "prazo": prazo(categoria, hoje()),
        },
    )
    if criado:
        mensagem = _escrever(chamado, escrito, quem.usuario)
        registrar(chamado, "aberto", quem.usuario)
        avisar(chamado, "recebido", "atendimento.recebido", mensagem)
    return chamado


@transaction.atomic
def escrever(chamado: Chamado, escrito: Escrito, por: Usuario | None) -> MensagemDoChamado:
    """Add what the person wrote: it is the team's turn. Within seven days of the end it opens the request again.

    The same key with the same content is one. Raises NaoPode after the seven days.
    """
    travado = travar(chamado)
    escrita = MensagemDoChamado.objects.filter(chave_envio=_chave(travado, escrito)).first()
    if escrita is not None:
        return escrita
    if travado.encerrado and not pode_reabrir(travado):
        raise NaoPode("Este chamado foi encerrado há mais de sete dias. Abra outro, e cite o número deste.")
    mensagem = _escrever(travado, escrito, por)
    if travado.encerrado:
        travado.estado, travado.encerrado_em = Estado.REABERTO, None
        registrar(travado, "reaberto", por)
    elif travado.estado in Chamado.COM_A_PESSOA:
        travado.estado = Estado.EM_ATENDIMENTO
    travado.prazo = travado.prazo or prazo(travado.categoria, hoje())
    travado.movido_em, travado.silencio_avisado_em = mensagem.em, None
    travado.save()
    return mensagem


@transaction.atomic
def encerrar(chamado: Chamado, por: Usuario | None) -> None:
    """The person needs nothing more. Twice is once."""
    travado = travar(chamado)
    if not travado.encerrado:
        fechar(travado, por, "encerrado")


@transaction.atomic
def avaliar(chamado: Chamado, nota: int, comentario: str, por: Usuario | None) -> None:
    """Keep the score of the person, from 1 to 5, once. Raises NaoPode."""
    travado = travar(chamado)
    if not travado.encerrado:
        raise NaoPode("A nota é dada depois que o chamado é encerrado.")
    if travado.nota is not None:
        raise NaoPode("Você já deu uma nota a este atendimento. Obrigado.")
    travado.nota, travado.comentario = nota, comentario
    travado.save(update_fields=["nota", "comentario"])
    registrar(travado, "avaliado", por, nota=nota)


def pode_reabrir(chamado: Chamado) -> bool:
    """Tell whether a closed request still opens again when its author writes. One joined to another does not."""
    recente = chamado.encerrado_em is not None and timezone.now() - chamado.encerrado_em <= REABRE_EM
    return recente and chamado.juntado_a_id is None


def travar(chamado: Chamado) -> Chamado:
    """Lock a request inside a transaction, and read it again."""
    return Chamado.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=chamado.pk)


def fechar(travado: Chamado, por: Usuario | None, evento: str) -> None:
    """End a locked request, and say so in the history."""
    travado.estado, travado.encerrado_em, travado.prazo = Estado.ENCERRADO, timezone.now(), None
    travado.save()
    registrar(travado, evento, por)


def _escrever(chamado: Chamado, escrito: Escrito, por: Usuario | None) -> MensagemDoChamado:
    mensagem = MensagemDoChamado.objects.create(
        chave_envio=_chave(chamado, escrito),
        chamado=chamado,
        autor=por,
        texto=escrito.texto,
        remetente=escrito.remetente,
        identificacao=escrito.identificacao,
        integra=escrito.integra,
        recusados="\n".join(escrito.recusados),
    )
    anexos.guardar(mensagem, escrito.arquivos, por)
    return mensagem


def _chave(chamado: Chamado, escrito: Escrito) -> UUID:
    return chave_do_conteudo(escrito.chave_envio, chamado.pk, escrito.texto)


def _novo_numero() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('atendimento_numero')")
        (numero,) = cursor.fetchone()
    return int(numero)
