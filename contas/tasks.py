"""Celery tasks of accounts."""

from celery import shared_task

from contas.sessoes import SessionStore


@shared_task
def limpar_sessoes() -> None:
    """Delete the rows of sessions that are over."""
    SessionStore.clear_expired()
