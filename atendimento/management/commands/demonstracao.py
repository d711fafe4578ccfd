"""``manage.py demonstracao``: fictional organisations over real municípios, made through the same journeys."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from atendimento import demonstracao as do_atendimento
from cagec.tempo import hoje
from contas.fabricas import SENHA
from convenentes import demonstracao


class Command(BaseCommand):
    help = "Cria a demonstração, ou continua de onde parou. Não roda em produção."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quantos", type=int, default=demonstracao.QUANTOS, help="número de convenentes")
        parser.add_argument(
            "--logins", action="store_true", help="só cria e mostra as pessoas que entram no portal"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCAO:
            raise CommandError("A demonstração não roda em produção.")
        equipe = demonstracao.pessoas()
        if options["logins"]:
            self.stdout.write(f"Senha de todos: {SENHA}")
            for papel, pessoa in equipe.items():
                self.stdout.write(f"  {papel:<32} CPF {pessoa.cpf_formatado}  {pessoa.email}")
            if settings.CAIXA_POSTAL:
                self.stdout.write(
                    f"O código que a equipe digita depois da senha: {settings.ENDERECO}/caixa-postal/"
                )
            return
        do_atendimento.criar(equipe)
        criados = demonstracao.criar(options["quantos"], hoje())
        self.stdout.write(f"{criados} solicitações criadas.")
