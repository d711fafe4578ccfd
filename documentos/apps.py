"""App configuration of documents."""

from django.apps import AppConfig


class DocumentosConfig(AppConfig):
    name = "documentos"
    verbose_name = "Documentos"

    def ready(self) -> None:
        from cagec.saude import sinais
        from contas.grupos import permitir_a_equipe
        from documentos import exame, mensagens, meus_dados, retencao  # noqa: F401 - they register themselves

        sinais["arquivos_parados"] = exame.parados
        sinais["arquivos_corrompidos"] = retencao.corrompidos
        permitir_a_equipe(
            "documentos.view_documento",
            "documentos.view_arquivo",
            "documentos.change_arquivo",
            "documentos.view_pedidodeidentidade",
            "documentos.change_pedidodeidentidade",
            "documentos.view_orientacao",
            "documentos.add_orientacao",
            "documentos.change_orientacao",
        )
