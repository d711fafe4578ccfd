"""App configuration of accounts."""

from django.apps import AppConfig


class ContasConfig(AppConfig):
    name = "contas"
    verbose_name = "Contas"

    def ready(self) -> None:
        from cagec import contexto
        from contas import (
            codigos_da_demonstracao,  # noqa: F401 - gives the mailbox page the codes of the fictional team
            govbr,
            mensagens,  # noqa: F401 - registers this app's kinds of mail
            sinais,  # noqa: F401 - hears sign-ins and second factors
        )

        contexto.fontes.append(govbr.contexto)
