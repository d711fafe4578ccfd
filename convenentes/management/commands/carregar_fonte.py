"""``manage.py carregar_fonte cauc arquivo.csv``: load a file of an external register (docs/fontes.md)."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from cagec.tempo import hoje
from convenentes.fontes import carga, frases
from convenentes.fontes.leitura import FonteRecusada, Recebido, nao_acompanhar
from convenentes.models import CargaFonte

LARGURA = 40


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
                arquivo.name, arquivo.read_bytes(), options["referencia"], _barra(self.stderr)
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


def _barra(saida: OutputWrapper) -> Callable[[int, int], None]:
    """Return what draws a bar on a terminal, one step per hundredth; elsewhere it draws nothing."""
    if not saida.isatty():
        return nao_acompanhar

    def desenhar(lidas: int, total: int) -> None:
        passo = max(total // 100, 1)
        if lidas > total or (lidas % passo and lidas < total):
            return
        cheio = LARGURA * lidas // total
        barra = "#" * cheio + "." * (LARGURA - cheio)
        fim = "\n" if lidas == total else ""
        saida.write(f"\rLendo [{barra}] {100 * lidas // total:3d} %{fim}", style_func=str, ending="")
        saida.flush()

    return desenhar
