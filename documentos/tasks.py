"""Tasks of documents."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from documentos import guarda


@shared_task
def varrer_orfaos() -> None:
    """Delete what was stored more than a day ago and belongs to no row."""
    guarda.varrer_orfaos(timezone.now() - timedelta(days=1))
