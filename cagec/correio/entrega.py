"""Deliver the outbox by SMTP. A process killed between sending and marking repeats at most that one mail.

A sweep borrows mails for a while, writes them together, and sends them one by one: each is marked as leaving before
it is sent and as sent right after. Who is killed gives the rest back when the loan ends; the one that was leaving may
arrive twice, and ``repeticoes`` counts it.
"""

import logging
import re
import time
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr
from itertools import groupby
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, redigir, redigir_varias

TENTATIVAS = 8
LOTE = 50
EMPRESTIMO = timedelta(minutes=5)  # longer than the slowest server takes for one mail
_TAMANHO_DO_ASSUNTO = 200
_diario = logging.getLogger("cagec.correio")


def varrer(segundos: float = 55) -> int:
    """Deliver what is due, until about ``segundos`` passed; return how many mails were tried. Runs every minute."""
    fim, quantas = time.monotonic() + segundos, 0
    conexao = get_connection()
    try:
        while time.monotonic() < fim and (emprestadas := _emprestar(LOTE)):
            _enviar_todas(emprestadas, conexao)
            quantas += len(emprestadas)
    finally:
        _fechar(conexao)
    return quantas


def entregar(pk: int) -> None:
    """Send one message if it is still waiting and nobody else is sending it right now."""
    conexao = get_connection()
    try:
        _enviar_todas(_emprestar(1, pk), conexao)
    finally:
        _fechar(conexao)


@transaction.atomic
def _emprestar(quantas: int, pk: int | None = None) -> list[Mensagem]:
    """Borrow the next mails that are due: nobody else takes them before the loan ends."""
    devidas = Mensagem.objects.select_for_update(skip_locked=True).a_enviar(timezone.now())
    if pk is not None:
        devidas = devidas.filter(pk=pk)
    mensagens = list(devidas.order_by("proxima_tentativa")[:quantas])
    ate = timezone.now() + EMPRESTIMO
    Mensagem.objects.filter(pk__in=[m.pk for m in mensagens]).update(proxima_tentativa=ate)
    for mensagem in mensagens:
        mensagem.proxima_tentativa = ate
    return mensagens


def _enviar_todas(mensagens: list[Mensagem], conexao: BaseEmailBackend) -> None:
    for tipo, do_tipo in groupby(mensagens, key=lambda mensagem: mensagem.tipo):
        for mensagem, corpo in _redigir(tipo, list(do_tipo)):
            try:
                _enviar_uma(mensagem, corpo, conexao)
            except Exception as erro:  # noqa: BLE001 - whatever is wrong with one mail, the others must leave
                _diario.exception("mensagem %s adiada", mensagem.pk)
                _adiar(mensagem, erro)
                _fechar(conexao)


def _redigir(tipo: str, mensagens: list[Mensagem]) -> list[tuple[Mensagem, Corpo]]:
    """Write the mails of a kind together; when that fails, one by one, and those that fail wait."""
    try:
        with transaction.atomic():
            return list(zip(mensagens, redigir_varias(tipo, [m.contexto for m in mensagens]), strict=True))
    except Exception:  # noqa: BLE001 - found below, mail by mail
        return [(m, corpo) for m in mensagens if (corpo := _redigir_uma(m)) is not None]


def _redigir_uma(mensagem: Mensagem) -> Corpo | None:
    try:
        with transaction.atomic():
            return redigir(mensagem.tipo, mensagem.contexto)
    except Exception as erro:  # noqa: BLE001 - the others must leave
        _diario.exception("mensagem %s adiada", mensagem.pk)
        _adiar(mensagem, erro)
        return None


def _enviar_uma(mensagem: Mensagem, corpo: Corpo, conexao: BaseEmailBackend) -> None:
    texto = _texto(corpo)
    email = _compor(mensagem, corpo, texto, conexao)
    conexao.open()  # does nothing when it is
    if not _marcar_saida(mensagem):
        return
    email.send()
    Mensagem.objects.filter(pk=mensagem.pk).update(
        assunto=_assunto(corpo)[:_TAMANHO_DO_ASSUNTO],
        corpo=_sem_segredo(texto, corpo),
        estado=Mensagem.Estado.ENVIADA,
        enviada_em=timezone.now(),
        erro="",
    )


def _marcar_saida(mensagem: Mensagem) -> bool:
    """Note that the mail is leaving, unless meanwhile it was suspended, goes elsewhere, or the loan ended."""
    agora = timezone.now()
    emprestada = Mensagem.objects.filter(
        pk=mensagem.pk,
        para=mensagem.para,
        estado=Mensagem.Estado.NA_FILA,
        proxima_tentativa=mensagem.proxima_tentativa,
    )
    repeticoes = mensagem.repeticoes + (mensagem.saindo_desde is not None)
    return bool(
        emprestada.update(proxima_tentativa=agora + EMPRESTIMO, saindo_desde=agora, repeticoes=repeticoes)
    )


def identificacao(mensagem: Mensagem) -> str:
    """Return the Message-ID of a mail. Signed: only who received the mail can say that it came back."""
    _, remetente = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{_assinador().sign(str(mensagem.pk))}@{remetente.rsplit('@', 1)[-1]}>"


def identificada(identificacao: str) -> Mensagem | None:
    """Return the mail that has this Message-ID, if it is one of ours."""
    with suppress(BadSignature):
        pk = _assinador().unsign(identificacao.strip().strip("<>").rsplit("@", 1)[0])
        return Mensagem.objects.filter(pk=int(pk)).first()
    return None


def _assinador() -> Signer:
    return Signer(sep=".", salt="cagec.correio")


def _compor(
    mensagem: Mensagem, corpo: Corpo, texto: str, conexao: BaseEmailBackend
) -> EmailMultiAlternatives:
    """What the receiver's server cannot deliver comes back to ``CAIXA_DE_RETORNO``, if there is one."""
    email = EmailMultiAlternatives(
        _assunto(corpo),
        texto,
        settings.CAIXA_DE_RETORNO or settings.DEFAULT_FROM_EMAIL,
        [mensagem.para],
        connection=conexao,
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": identificacao(mensagem),
            "X-CAGEC-Mensagem": str(mensagem.pk),
            "Auto-Submitted": "auto-generated",
        }
        | {nome: valor for nome, valor in corpo.cabecalhos.items() if valor},
    )
    email.attach_alternative(render_to_string("email/base.html", {"corpo": corpo}), "text/html")
    return email


def _fechar(conexao: BaseEmailBackend) -> None:
    """Hang up. What was said is kept already: a server that hung up first changes nothing."""
    with suppress(OSError, SMTPException):
        conexao.close()


def _assunto(corpo: Corpo) -> str:
    """Return the subject on one line: a name that somebody typed may have more."""
    return " ".join(corpo.assunto.split())


def _texto(corpo: Corpo) -> str:
    return render_to_string("email/base.txt", {"corpo": corpo}).strip() + "\n"


def _sem_segredo(texto: str, corpo: Corpo) -> str:
    return texto.replace(corpo.segredo, "[link removido]") if corpo.segredo else texto


def _adiar(mensagem: Mensagem, erro: Exception) -> None:
    """Try again later, unless what the mail is about is gone, or the address.

    A server that answered took nothing; of one that fell silent nobody knows.
    """
    tentativas = mensagem.tentativas + 1
    sem_assunto = type(erro) is LookupError  # a KeyError is a kind, or a key, that the next version may know
    desiste = tentativas >= TENTATIVAS or sem_assunto or _endereco_recusado(erro)
    Mensagem.objects.filter(pk=mensagem.pk).update(
        tentativas=tentativas,
        erro=f"{type(erro).__name__}: {erro}"[:1000],
        proxima_tentativa=timezone.now() + timedelta(minutes=2**tentativas),
        **({"estado": Mensagem.Estado.FALHOU} if desiste else {}),
        **({"saindo_desde": None} if isinstance(erro, SMTPResponseException | SMTPRecipientsRefused) else {}),
    )


def _endereco_recusado(erro: Exception) -> bool:
    """Tell whether the server refused the address for good (RFC 5321, 4.2.1; RFC 3463, class 5.1).

    A refusal of another class, such as 5.7 (policy), may be about this server and passes: it is tried again.
    """
    if not isinstance(erro, SMTPRecipientsRefused):
        return False
    return all(
        codigo >= 500 and not re.match(rb"5\.(?!1\.)", resposta)
        for codigo, resposta in erro.recipients.values()
    )
