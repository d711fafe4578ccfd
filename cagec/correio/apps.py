"""App configuration of the mail outbox."""

from django.apps import AppConfig


class CorreioConfig(AppConfig):
    name = "cagec.correio"
    label = "correio"
    verbose_name = "Correio"
