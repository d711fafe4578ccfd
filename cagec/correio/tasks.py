"""Tasks of the outbox, and of the mailbox that mails come back to."""

from celery import shared_task
from django.conf import settings

from cagec.correio import entrada, entrega


@shared_task
def entregar(pk: int) -> None:
    """Deliver one message."""
    entrega.entregar(pk)


@shared_task
def varrer() -> None:
    """Deliver what was left behind."""
    entrega.varrer()


@shared_task
def receber() -> None:
    """Read the mails that came back, if there is a mailbox."""
    if settings.IMAP_HOST:
        entrada.receber()
