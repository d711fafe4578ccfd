"""Load the list of external registers from ``convenentes/dados/fontes.toml``."""

import tomllib
from pathlib import Path

from convenentes.models import Fonte

DADOS = Path(__file__).parent.parent / "dados" / "fontes.toml"


def carregar() -> dict[str, int]:
    """Add the registers that are missing, by code; return how many. Never overwrites what the team edited."""
    existentes = set(Fonte.objects.values_list("codigo", flat=True))
    linhas = tomllib.loads(DADOS.read_text())["fontes"]
    novas = [Fonte(**linha) for linha in linhas if linha["codigo"] not in existentes]
    return {"cadastros externos": len(Fonte.objects.bulk_create(novas))}
