"""App configuration of accounts."""

from django.apps import AppConfig


class ContasConfig(AppConfig):
    name = "contas"
    verbose_name = "Contas"

    def ready(self) -> None:
        from cagec import contexto
        from contas import govbr, mensagens  # noqa: F401 - registers this app's kinds of mail

        contexto.fontes.append(govbr.contexto)
