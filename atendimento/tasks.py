"""Tasks of the help desk."""

from celery import shared_task

from atendimento import silencio
from cagec.tempo import hoje


@shared_task
def cuidar() -> None:
    """Warn and close the requests whose author went silent."""
    silencio.cuidar(hoje())
