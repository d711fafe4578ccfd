"""``manage.py retencao``: the files whose time is over, under the rule that lets them go (docs/dominio.md, LGPD)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from documentos import retencao


class Command(BaseCommand):
    help = "Mostra os arquivos que a regra de guarda manda apagar. Nada apaga sem --apagar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--apagar", action="store_true", help="apaga de verdade; a linha e o resumo de cada arquivo ficam"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        agora = timezone.now()
        for regra, arquivos in retencao.vencidos_por_regra(agora).items():
            achados = list(arquivos.order_by("pk").values_list("uuid", "tamanho"))
            soma = filesizeformat(sum(tamanho for _, tamanho in achados))
            self.stdout.write(f"{regra}: {len(achados)} arquivo(s), {soma}.")
            for uuid, tamanho in achados:
                self.stdout.write(f"  {uuid}  {filesizeformat(tamanho)}")
        if options["apagar"]:
            self.stdout.write(f"Apagados: {retencao.apagar_vencidos(agora)} arquivo(s).")
        else:
            self.stdout.write("Nada foi apagado. Para apagar, repita o comando com --apagar.")
