"""Deliver the outbox by SMTP. A process killed between sending and marking repeats at most that one mail."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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
    for pk in pks:
        entregar(pk)
    return len(pks)


@transaction.atomic
def entregar(pk: int) -> None:
    """Send one message if it is still waiting and nobody else is sending it right now."""
    mensagem = (
        Mensagem.objects.select_for_update(skip_locked=True).a_enviar(timezone.now()).filter(pk=pk).first()
    )
    if mensagem is None:
        return
    try:
        with transaction.atomic():
            corpo = redigir(mensagem.tipo, mensagem.contexto)
        _enviar(mensagem, corpo)
    except Exception as erro:  # noqa: BLE001 - whatever is wrong with one mail, the others must leave
        _diario.exception("mensagem %s adiada", mensagem.pk)
        _adiar(mensagem, erro)
        return
    mensagem.assunto = _assunto(corpo)[:_TAMANHO_DO_ASSUNTO]
    mensagem.corpo = _sem_segredo(_texto(corpo), corpo)
    mensagem.estado = Mensagem.Estado.ENVIADA
    mensagem.enviada_em = timezone.now()
    mensagem.erro = ""
    mensagem.save()


def _enviar(mensagem: Mensagem, corpo: Corpo) -> None:
    email = EmailMultiAlternatives(
        _assunto(corpo),
        _texto(corpo),
        settings.DEFAULT_FROM_EMAIL,
        [mensagem.para],
        headers={"X-CAGEC-Mensagem": str(mensagem.pk), "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render_to_string("email/base.html", {"corpo": corpo}), "text/html")
    email.send()


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
    if mensagem.tentativas >= TENTATIVAS:
        mensagem.estado = Mensagem.Estado.FALHOU
    mensagem.save()
