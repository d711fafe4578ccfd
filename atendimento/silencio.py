"""Requests whose author went silent: warned, then closed.

The warning is marked on the row: a missed run only delays, and nobody is closed without two days of notice.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from atendimento.chamados import fechar, travar
from atendimento.eventos import avisar
from atendimento.models import Chamado

AVISA = timedelta(days=5)
ENCERRA = timedelta(days=7)
DEPOIS_DO_AVISO = ENCERRA - AVISA


def cuidar(hoje: date) -> None:
    """Warn and close what is due on ``hoje`` (São Paulo). Runs every hour."""
    for chamado in Chamado.objects.com_a_pessoa().filter(movido_em__date__lte=hoje - AVISA):
        cuidar_de(chamado, hoje)


@transaction.atomic
def cuidar_de(chamado: Chamado, hoje: date) -> None:
    """Warn at five days of silence, close at seven, two days after the warning at the earliest."""
    travado = travar(chamado)
    desde = timezone.localdate(travado.movido_em)
    if travado.estado not in Chamado.COM_A_PESSOA or hoje - desde < AVISA:
        return
    if travado.silencio_avisado_em is None:
        travado.silencio_avisado_em = hoje
        travado.save(update_fields=["silencio_avisado_em"])
        avisar(travado, f"silencio:{travado.movido_em:%Y%m%d%H%M%S}", "atendimento.silencio")
    elif hoje - desde >= ENCERRA and hoje - travado.silencio_avisado_em >= DEPOIS_DO_AVISO:
        fechar(travado, None, "encerrado_por_silencio")
        avisar(travado, f"encerrado:{travado.encerrado_em:%Y%m%d%H%M%S}", "atendimento.encerrado")
