"""``manage.py retirar_segundo_fator``: the way back in for an administrator whom nobody else can let in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contas.documentos_pessoais import limpar_cpf
from contas.emergencia import NaoSeAplica, retirar_segundo_fator


class Command(BaseCommand):
    help = "Retira o segundo fator de alguém da equipe, encerra as sessões e avisa todos os administradores."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cpf", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            usuario = retirar_segundo_fator(limpar_cpf(options["cpf"]))
        except NaoSeAplica as erro:
            raise CommandError(str(erro)) from erro
        self.stdout.write(f"{usuario.nome} entra com a senha e cadastra outro segundo fator.")
