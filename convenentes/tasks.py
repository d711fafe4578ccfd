"""Tasks of the registry."""

import time

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cagec.tempo import hoje
from convenentes import avisos, historico, prazos, sucessao
from convenentes.fontes import pasta
from convenentes.legado import arquivos, convites


@shared_task
def lembrar() -> None:
    """Send the reminders that are due, let unanswered pendências expire, tell whose mandate has begun."""
    sucessao.iniciar_periodos(hoje())
    prazos.lembrar(hoje())
    convites.lembrar(timezone.now())


@shared_task
def carregar_fontes() -> None:
    """Load what lies in the drop folder of the external registers, if there is one."""
    if settings.FONTES:
        pasta.carregar_pasta(settings.FONTES, hoje(), time.time())


@shared_task
def atualizar_situacoes() -> None:
    """Write the situation of every record that changed, and correct the nights that were missed."""
    historico.atualizar(hoje())


@shared_task
def avisar_vencimentos() -> None:
    """Send the warnings before an expiry that are due."""
    avisos.avisar(hoje())


@shared_task
def vigiar_convites() -> None:
    """Suspend the waves of which too many mails come back."""
    convites.vigiar()


@shared_task
def examinar_arquivos_do_legado() -> None:
    """Run some of the deep checks that the files of the registry before wait for."""
    arquivos.examinar()
