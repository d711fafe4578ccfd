"""Celery: carries only ids; every task can run twice; a sweep picks up what was left behind."""

import os
from multiprocessing import process
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cagec.settings")

app = Celery("cagec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def permitir_filhos(**_sinal: Any) -> None:
    """Let a worker start processes: each check of hostile bytes has one, which the worker itself ends.

    Celery's own library puts its daemonic process, which may have no children, in the place of Python's.
    """
    configuracao = process.current_process()._config  # type: ignore[attr-defined]
    configuracao["daemon"] = False
    configuracao["authkey"] = process.AuthenticationString(configuracao["authkey"])  # type: ignore[attr-defined]
