"""Tasks of documents."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from documentos import exame, guarda


@shared_task
def varrer_orfaos() -> None:
    """Delete what was stored more than a day ago and belongs to no row."""
    guarda.varrer_orfaos(timezone.now() - timedelta(days=1))


@shared_task
def examinar(pk: int) -> None:
    """Run the checks of one file."""
    exame.examinar(pk)


@shared_task
def varrer_exames() -> None:
    """Run the checks that were left behind."""
    exame.varrer()
