"""Tasks of the registry."""

from celery import shared_task

from cagec.tempo import hoje
from convenentes import prazos


@shared_task
def lembrar() -> None:
    """Send the reminders that are due and let unanswered pendências expire."""
    prazos.lembrar(hoje())
