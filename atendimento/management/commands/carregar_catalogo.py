"""``manage.py carregar_catalogo``: reference data of every floor, added where missing, never overwritten."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from atendimento import contato, respostas
from contas import termos
from convenentes import municipios
from convenentes.fontes import cadastro
from documentos import catalogo


class Command(BaseCommand):
    help = "Acrescenta o que falta do catálogo, dos municípios, das fontes, do termo de uso e do atendimento."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for modulo in (termos, catalogo, municipios, cadastro, contato, respostas):
            for nome, quantos in modulo.carregar().items():
                if quantos and options["verbosity"]:
                    self.stdout.write(f"{nome}: {quantos} a mais")
