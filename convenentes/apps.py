"""App configuration of the registry."""

from django.apps import AppConfig


class ConvenentesConfig(AppConfig):
    name = "convenentes"
    verbose_name = "Convenentes"

    def ready(self) -> None:
        from convenentes import ganchos, mensagens  # noqa: F401, PLC0415 - they register themselves
