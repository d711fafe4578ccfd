"""App configuration of the mail outbox."""

from django.apps import AppConfig


class CorreioConfig(AppConfig):
    name = "cagec.correio"
    label = "correio"
    verbose_name = "Correio"

    def ready(self) -> None:
        from cagec.correio import devolucoes, entrada

        entrada.tratadores.append(devolucoes.tratar)
