"""``manage.py legado``: the migration of the registry before this one (docs/legado.md, docs/convites.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from cagec.tempo import hoje
from convenentes.barra import barra
from convenentes.legado import comandos_de_convite, exemplo, relatorio
from convenentes.legado.importacao import Passo, importar
from convenentes.legado.leitura import LegadoRecusado, abrir
from convenentes.models import CargaLegado


class Command(BaseCommand):
    help = "Migração do cadastro anterior: confere, importa, convida as pessoas e mostra quem já entrou."

    def add_arguments(self, parser: ArgumentParser) -> None:
        passos = parser.add_subparsers(dest="passo", required=True)
        conferir = passos.add_parser(
            "conferir", help="confere a exportação e escreve o relatório; nada grava"
        )
        importacao = passos.add_parser("importar", help="importa; sem --gravar é só um ensaio")
        importacao.add_argument("--gravar", action="store_true", help="grava de verdade")
        importacao.add_argument(
            "--retomar",
            action="store_true",
            help="continua a carga que parou no meio, com os mesmos arquivos",
        )
        for passo in (conferir, importacao):
            passo.add_argument("origem", type=Path, help="pasta, .zip ou .tar.gz")
            passo.add_argument(
                "--relatorio",
                type=Path,
                default=Path("legado-relatorio"),
                help="pasta em que o relatório fica",
            )
        gerar = passos.add_parser("exemplo", help="escreve uma exportação fictícia, com os defeitos usuais")
        gerar.add_argument("pasta", type=Path)
        gerar.add_argument("--quantos", type=int, default=200, help="quantas organizações")
        gerar.add_argument("--semente", type=int, default=1, help="a mesma semente dá os mesmos arquivos")
        comandos_de_convite.registrar(passos)

    def handle(self, *args: Any, **options: Any) -> None:
        if executar := options.get("executar"):
            self.stdout.write(executar(options))
            return
        if options["passo"] == "exemplo":
            exemplo.escrever(options["pasta"], options["quantos"], options["semente"], hoje())
            self.stdout.write(f"Exportação de exemplo em {options['pasta']}.")
            return
        try:
            self._importar(options)
        except LegadoRecusado as erro:
            raise CommandError(f"Nada mudou.\n{erro}") from erro
        except (OperationalError, InterfaceError) as erro:
            raise CommandError(
                f"O banco de dados parou no meio: {erro}\nO que já entrou está contado. Continue com --retomar."
            ) from erro

    def _importar(self, options: dict[str, Any]) -> None:
        gravar = options.get("gravar", False)

        def relatar(carga: CargaLegado) -> None:
            pagina = relatorio.escrever(carga, options["relatorio"], hoje(), gravada=gravar)
            for conta in relatorio.contas(carga):
                self.stdout.write(_frase(conta))
            self.stdout.write(f"Relatório: {pagina}")

        with abrir(options["origem"]) as exportacao:
            passo = Passo(lambda rotulo: barra(self.stderr, rotulo))
            retomar = options.get("retomar", False)
            importar(exportacao, hoje(), gravar=gravar, retomar=retomar, passo=passo, relatar=relatar)
        if not gravar:
            self.stdout.write("Ensaio: nada foi gravado. Para gravar: legado importar … --gravar")


def _frase(conta: relatorio.Conta) -> str:
    return (
        f"{conta.nome}: {conta.lidas} linhas = {conta.importadas} importadas + {conta.ja_havia} que já havia + "
        f"{conta.repetidas} repetidas + {conta.rejeitadas} rejeitadas"
    )
