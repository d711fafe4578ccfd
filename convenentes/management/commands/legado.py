"""``manage.py legado convidar|acompanhar``: call the persons of the legacy registry, and see who came."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from convenentes.legado import comandos_de_convite


class Command(BaseCommand):
    help = "Traz para o portal as pessoas do cadastro anterior."

    def add_arguments(self, parser: ArgumentParser) -> None:
        comandos_de_convite.registrar(parser.add_subparsers(required=True))

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(options["executar"](options))
