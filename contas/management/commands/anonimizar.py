"""``manage.py anonimizar``: carry out the erasures that the team has granted, in the name of cagec_dono."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contas.anonimizacao import anonimizar
from contas.models import PedidoDoTitular
from contas.titular import NaoPodeDecidir


class Command(BaseCommand):
    help = "Anonimiza as pessoas cujos pedidos de eliminação foram atendidos. Exige CAGEC_PAPEL=dono."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PAPEL != "dono":
            raise CommandError("Use CAGEC_PAPEL=dono: só o dono do banco apaga dados de pessoas.")
        atendidos = PedidoDoTitular.objects.filter(
            tipo=PedidoDoTitular.Tipo.ELIMINACAO, estado=PedidoDoTitular.Estado.ATENDIDO, executado_em=None
        )
        for pedido in atendidos.select_related("usuario"):
            try:
                anonimizar(pedido.usuario)
            except NaoPodeDecidir as erro:
                self.stderr.write(f"Pedido {pedido.uuid}: não anonimizado. {erro}")
            else:
                self.stdout.write(f"Pedido {pedido.uuid}: pessoa anonimizada.")
