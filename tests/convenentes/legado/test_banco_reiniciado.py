"""The database stops while a load is at work: the command says so, and goes on when it is back."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convenentes.models import CargaLegado, LinhaLegado
from documentos.models import Arquivo
from tests.convenentes.legado.banco import BancoProprio, banco_proprio
from tests.convenentes.legado.processo import esperar, iniciar_carga
from tests.convenentes.legado.retrato import retrato


def _na_metade_das_linhas() -> bool:
    return LinhaLegado.objects.filter(arquivo="pessoas").exists()


def _parar(servidor: BancoProprio, sinal: signal.Signals, quando: Callable[[], bool], *carga: Any) -> str:
    """Stop the database while a load is at work and start it again; return what the command said."""
    processo = iniciar_carga(*carga)
    esperar(quando, processo)
    servidor.banco.processo.send_signal(sinal)
    assert processo.wait(60) != 0
    servidor.banco.processo.wait()
    servidor.subir()
    return str((carga[1] / "comando.log").read_text())


@pytest.mark.django_db(transaction=True)
def test_after_a_restart_and_after_a_crash_of_the_database_it_goes_on(
    exportar, carregar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasta, _ = exportar(60)
    carregar(pasta)
    esperado = retrato()
    with banco_proprio(tmp_path, monkeypatch) as servidor:
        dito = _parar(servidor, signal.SIGINT, _na_metade_das_linhas, pasta, tmp_path)
        assert "Continue com --retomar" in dito
        dito = _parar(servidor, signal.SIGKILL, Arquivo.objects.exists, pasta, tmp_path, "--retomar")
        assert "Continue com --retomar" in dito
        assert CargaLegado.objects.get().concluida_em is None
        assert iniciar_carga(pasta, tmp_path, "--retomar").wait(60) == 0
        assert retrato() == esperado
