"""App configuration of the registry."""

from django.apps import AppConfig


class ConvenentesConfig(AppConfig):
    name = "convenentes"
    verbose_name = "Convenentes"

    def ready(self) -> None:
        from convenentes import ganchos, mensagens  # noqa: F401, PLC0415 - they register themselves
        from contas.grupos import permitir_a_equipe  # noqa: PLC0415 - models must be ready

        permitir_a_equipe(
            "convenentes.view_solicitacao",
            "convenentes.change_solicitacao",
            "convenentes.view_convenente",
            "convenentes.change_convenente",
            "convenentes.view_vinculo",
            "convenentes.view_dirigente",
            "convenentes.view_certificado",
            "convenentes.view_municipio",
            "convenentes.view_fonte",
            "convenentes.view_resultadofonte",
            "convenentes.add_resultadofonte",
        )
