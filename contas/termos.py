"""Load the published versions of the term of use from ``contas/dados/termo.toml``."""

import tomllib
from pathlib import Path

from contas.models import Termo

DADOS = Path(__file__).parent / "dados" / "termo.toml"


def carregar() -> dict[str, int]:
    """Add the versions that are missing; return how many. A published version is never changed."""
    existentes = set(Termo.objects.values_list("versao", flat=True))
    linhas = tomllib.loads(DADOS.read_text())["termos"]
    novos = [
        Termo(**{**linha, "texto": linha["texto"].strip()})
        for linha in linhas
        if linha["versao"] not in existentes
    ]
    return {"termos de uso": len(Termo.objects.bulk_create(novos))}
