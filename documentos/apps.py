"""App configuration of documents."""

from django.apps import AppConfig


class DocumentosConfig(AppConfig):
    name = "documentos"
    verbose_name = "Documentos"

    def ready(self) -> None:
        from contas.grupos import permitir_a_equipe
        from documentos import mensagens, meus_dados  # noqa: F401 - they register themselves

        permitir_a_equipe(
            "documentos.view_documento",
            "documentos.view_pedidodeidentidade",
            "documentos.change_pedidodeidentidade",
            "documentos.view_orientacao",
            "documentos.add_orientacao",
            "documentos.change_orientacao",
        )
