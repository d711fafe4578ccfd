"""App configuration of the help desk."""

from django.apps import AppConfig


class AtendimentoConfig(AppConfig):
    name = "atendimento"
    verbose_name = "Atendimento"

    def ready(self) -> None:
        """Give every page its footer and its help, the team its rights, the mailbox its reader, files their readers."""
        from atendimento import acesso, contato, entrada, manual, mensagens, meus_dados, pagina  # noqa: F401 - they register themselves
        from cagec import contexto
        from cagec.correio.entrada import tratadores
        from contas.grupos import permitir_a_equipe
        from documentos.acesso import permissoes

        contexto.fontes += [contato.do_rodape, pagina.para_ajuda, manual.da_tela]
        permissoes.append(acesso.le_arquivo)
        tratadores.append(entrada.tratar)
        permitir_a_equipe(
            "atendimento.view_contato",
            "atendimento.change_contato",
            "atendimento.view_versaodapagina",
            "atendimento.add_versaodapagina",
            "atendimento.view_avisodoportal",
            "atendimento.add_avisodoportal",
            "atendimento.change_avisodoportal",
            "atendimento.delete_avisodoportal",
            "atendimento.view_diasemexpediente",
            "atendimento.add_diasemexpediente",
            "atendimento.change_diasemexpediente",
            "atendimento.delete_diasemexpediente",
            "atendimento.view_chamado",
            "atendimento.change_chamado",
            "atendimento.view_respostapronta",
            "atendimento.add_respostapronta",
            "atendimento.change_respostapronta",
            "atendimento.delete_respostapronta",
        )
