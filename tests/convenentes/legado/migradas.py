"""Persons as the migration leaves them: an account without password, and the links of the legacy registry."""

from datetime import timedelta
from typing import Any

from cagec.tempo import hoje
from contas import fabricas
from contas.models import Usuario
from convenentes.models import CargaLegado, Convenente, PapelVinculo, Vinculo
from tests.convenentes import mundo


def migrada(*convenentes: Convenente, **campos: Any) -> Usuario:
    """A person who never came and acts as responsável for these convenentes, or for a new one."""
    pessoa = fabricas.migrada(**campos)
    carga = CargaLegado.objects.create(origem="exportacao", sha256="0" * 64, quem="teste")
    for convenente in convenentes or (mundo.convenente(),):
        Vinculo.objects.create(
            usuario=pessoa,
            convenente=convenente,
            papel=PapelVinculo.RESPONSAVEL,
            periodo=(hoje() - timedelta(days=400), None),
            legado=carga,
        )
    return pessoa
