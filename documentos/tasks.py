"""Tasks of documents."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from documentos import exame, guarda, retencao, transferencia


@shared_task
def varrer_orfaos() -> None:
    """Delete what was stored more than a day ago and belongs to no row."""
    guarda.varrer_orfaos(timezone.now() - timedelta(days=1))
    transferencia.varrer_partes(timezone.now())


@shared_task
def examinar(pk: int) -> None:
    """Run the checks of one file."""
    exame.examinar(pk)


@shared_task
def varrer_exames() -> None:
    """Run the checks that were left behind."""
    exame.varrer()


@shared_task
def conferir_integridade() -> None:
    """Compare the night's share of the stored files with their hashes."""
    retencao.conferir(timezone.now())


@shared_task
def apagar_vencidos() -> None:
    """Delete the bytes that nobody has to keep any more."""
    retencao.apagar_vencidos(timezone.now())


@shared_task
def varrer_transferencias() -> None:
    """Delete the files that were never finished, and those that a form has taken."""
    transferencia.varrer(timezone.now())
