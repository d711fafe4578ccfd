"""Celery: carries only ids; every task can run twice; a sweep picks up what was left behind."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cagec.settings")

app = Celery("cagec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
