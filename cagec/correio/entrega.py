"""Deliver the outbox by SMTP. A process killed between sending and marking repeats at most that one mail."""

import logging
import re
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, redigir

TENTATIVAS = 8
LOTE = 200
_TAMANHO_DO_ASSUNTO = 200
_diario = logging.getLogger("cagec.correio")


def varrer() -> int:
    """Deliver everything that is due; return how many rows were tried. Runs every minute."""
    devidas = Mensagem.objects.a_enviar(timezone.now()).order_by("proxima_tentativa")
    pks = list(devidas.values_list("pk", flat=True)[:LOTE])
    conexao = get_connection()
    try:
        for pk in pks:
            entregar(pk, conexao)
    finally:
        _fechar(conexao)
    return len(pks)


@transaction.atomic
def entregar(pk: int, conexao: BaseEmailBackend | None = None) -> None:
    """Send one message if it is still waiting and nobody else is sending it right now.

    ``conexao`` stays open for the next one, unless something went wrong.
    """
    mensagem = (
        Mensagem.objects.select_for_update(skip_locked=True).a_enviar(timezone.now()).filter(pk=pk).first()
    )
    if mensagem is None:
        return
    try:
        with transaction.atomic():
            corpo = redigir(mensagem.tipo, mensagem.contexto)
        texto = _texto(corpo)
        _enviar(mensagem, corpo, texto, conexao)
    except Exception as erro:  # noqa: BLE001 - whatever is wrong with one mail, the others must leave
        _diario.exception("mensagem %s adiada", mensagem.pk)
        _adiar(mensagem, erro)
        if conexao is not None:
            _fechar(conexao)
        return
    mensagem.assunto = _assunto(corpo)[:_TAMANHO_DO_ASSUNTO]
    mensagem.corpo = _sem_segredo(texto, corpo)
    mensagem.estado = Mensagem.Estado.ENVIADA
    mensagem.enviada_em = timezone.now()
    mensagem.erro = ""
    mensagem.save(update_fields=["assunto", "corpo", "estado", "enviada_em", "erro"])


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


def _enviar(mensagem: Mensagem, corpo: Corpo, texto: str, conexao: BaseEmailBackend | None) -> None:
    """Mail it. What the receiver's server cannot deliver comes back to ``CAIXA_DE_RETORNO``, if there is one."""
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
        },
    )
    email.attach_alternative(render_to_string("email/base.html", {"corpo": corpo}), "text/html")
    if conexao is not None:
        conexao.open()  # does nothing when it is
    email.send()


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
    mensagem.tentativas += 1
    mensagem.erro = f"{type(erro).__name__}: {erro}"[:1000]
    mensagem.proxima_tentativa = timezone.now() + timedelta(minutes=2**mensagem.tentativas)
    if mensagem.tentativas >= TENTATIVAS or _endereco_recusado(erro):
        mensagem.estado = Mensagem.Estado.FALHOU
    mensagem.save()


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
