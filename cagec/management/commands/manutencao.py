"""``manage.py manutencao ligar|desligar``: close the portal to all but the team, or open it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cagec import manutencao


class Command(BaseCommand):
    help = "Fecha o portal para manutenção (a equipe continua entrando), ou abre de novo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("acao", choices=["ligar", "desligar"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["acao"] == "ligar":
            manutencao.ligar()
            self.stdout.write("Portal fechado para manutenção. Para abrir: manage.py manutencao desligar")
        else:
            manutencao.desligar()
            self.stdout.write("Portal aberto.")
