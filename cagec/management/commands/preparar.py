"""``manage.py preparar``: everything a new version needs before it serves, run as the role cagec_dono."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migra o banco, carrega o catálogo e reúne os arquivos estáticos."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PAPEL != "dono":
            raise CommandError("Rode com CAGEC_PAPEL=dono: só o dono do banco migra.")
        call_command("migrate", interactive=False, verbosity=0)
        if "carregar_catalogo" in get_commands():
            call_command("carregar_catalogo", verbosity=0)
        if settings.AMBIENTE != "testes":
            call_command("collectstatic", interactive=False, verbosity=0)
