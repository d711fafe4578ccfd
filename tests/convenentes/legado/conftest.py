"""A generated export, and its load."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def exportar(tmp_path: Path) -> Callable[..., tuple[Path, "Counter[str]"]]:
    """Return what writes a generated export and says where it is and what dirt was planted in it."""
    from convenentes.legado import exemplo
    from tests.convenentes.mundo import HOJE

    def escrever(quantos: int, semente: int = 1, **opcoes: Any) -> tuple[Path, Counter[str]]:
        pasta = tmp_path / f"exportacao-{quantos}-{semente}"
        return pasta, exemplo.escrever(pasta, quantos, semente, HOJE, **opcoes)

    return escrever
