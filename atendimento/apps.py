"""App configuration of the help desk."""

from django.apps import AppConfig


class AtendimentoConfig(AppConfig):
    name = "atendimento"
    verbose_name = "Atendimento"

    def ready(self) -> None:
        """Give every page the contacts of its footer, and the team the right to edit them."""
        from atendimento.contato import do_rodape
        from cagec import contexto
        from contas.grupos import permitir_a_equipe

        contexto.fontes.append(do_rodape)
        permitir_a_equipe("atendimento.view_contato", "atendimento.change_contato")
