"""Load the Brazilian municípios, by their IBGE code, from ``convenentes/dados/municipios.csv``."""

import csv
from pathlib import Path

from convenentes.models import Municipio
from convenentes.texto import normalizar

DADOS = Path(__file__).parent / "dados" / "municipios.csv"


def carregar() -> dict[str, int]:
    """Add the municípios that are missing; return how many."""
    existentes = set(Municipio.objects.values_list("codigo_ibge", flat=True))
    with DADOS.open(newline="") as arquivo:
        novos = [
            Municipio(nome_busca=normalizar(linha["nome"]), **linha)
            for linha in csv.DictReader(arquivo)
            if linha["codigo_ibge"] not in existentes
        ]
    return {"municípios": len(Municipio.objects.bulk_create(novos, batch_size=2000))}
