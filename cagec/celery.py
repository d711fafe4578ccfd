"""Celery: carries only ids; every task can run twice; a sweep picks up what was left behind."""

import multiprocessing
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cagec.settings")

app = Celery("cagec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def permitir_filhos(**_sinal: Any) -> None:
    """Let a worker start processes: each check of hostile bytes has one, which the worker itself ends."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
