"""``manage.py sincronizar_grupos``: the group of the team gets the permissions that the code declares."""

from typing import Any

from django.core.management.base import BaseCommand

from contas import grupos


class Command(BaseCommand):
    help = "Cria o grupo Analistas CAGEC e dá a ele as permissões da mesa de análise."

    def handle(self, *args: Any, **options: Any) -> None:
        grupos.sincronizar()
