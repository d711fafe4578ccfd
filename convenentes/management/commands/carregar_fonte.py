"""``manage.py carregar_fonte cauc arquivo.csv``: load a file of an external register (docs/fontes.md)."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cagec.tempo import hoje
from convenentes.barra import barra
from convenentes.fontes import carga, frases
from convenentes.fontes.leitura import FonteRecusada, Recebido
from convenentes.models import CargaFonte


class Command(BaseCommand):
    help = "Carrega um arquivo de cadastro externo. Um arquivo com erro é recusado inteiro."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cadastro", choices=sorted(carga.LEITORES))
        parser.add_argument("arquivo", type=Path)
        parser.add_argument("--conferir", action="store_true", help="só confere o arquivo, sem gravar nada")
        parser.add_argument(
            "--referencia",
            type=date.fromisoformat,
            help="dia a que a lista se refere (AAAA-MM-DD), se nem o arquivo nem o nome dele o dizem",
        )
        parser.add_argument(
            "--aceitar-menor",
            action="store_true",
            help="aceita uma lista que perdeu mais da metade das linhas, depois de você conferir que é isso mesmo",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        arquivo: Path = options["arquivo"]
        try:
            recebido = Recebido(
                arquivo.name, arquivo.read_bytes(), options["referencia"], barra(self.stderr, "Lendo")
            )
            self.stdout.write(_executar(options, recebido))
        except OSError as erro:
            raise CommandError(f"Não foi possível ler {arquivo}: {erro.strerror}.") from erro
        except FonteRecusada as erro:
            raise CommandError(f"O arquivo foi recusado e nada mudou.\n{erro}") from erro


def _executar(options: dict[str, Any], recebido: Recebido) -> str:
    cadastro, aceitar_menor = options["cadastro"], options["aceitar_menor"]
    if options["conferir"]:
        return frases.da_conferencia(carga.conferir(cadastro, recebido, hoje(), aceitar_menor=aceitar_menor))
    feita, nova = carga.carregar(
        cadastro, recebido, hoje(), CargaFonte.Origem.COMANDO, aceitar_menor=aceitar_menor
    )
    return frases.da_carga(feita, nova)
