"""The mark over a sensitive picture: what it was shown for, and on which day (docs/dominio.md, LGPD)."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import typst

_MODELO = Path(__file__).parent / "pdf" / "marca.typ"


def linha(finalidade: str, dia: date) -> bytes:
    """Return one line of the mark as PNG. ``dia`` is São Paulo's."""
    return _desenhar(f"CAGEC – {finalidade} – {dia:%d/%m/%Y}")


@lru_cache(maxsize=64)
def _desenhar(texto: str) -> bytes:
    png: bytes = typst.compile(
        str(_MODELO), format="png", ppi=96, sys_inputs={"texto": texto}, ignore_system_fonts=True
    )
    return png
