"""Tasks of the outbox."""

from celery import shared_task

from cagec.correio import entrega


@shared_task
def entregar(pk: int) -> None:
    """Deliver one message."""
    entrega.entregar(pk)


@shared_task
def varrer() -> None:
    """Deliver what was left behind."""
    entrega.varrer()
