"""A real load, killed at points drawn by lot, goes on with --retomar and ends as if nothing had happened."""

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from convenentes.models import CargaLegado
from documentos import guarda
from documentos.models import Arquivo
from tests.convenentes.legado.processo import esperar, iniciar_carga
from tests.convenentes.legado.retrato import retrato
from tests.servicos import Operario

ORGANIZACOES = 100
_DA_CARGA = ("convenentes_cargalegado", "convenentes_linhalegado")


@pytest.mark.parametrize("pontos", [3, pytest.param(50, marks=pytest.mark.longo)])
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_nothing_is_lost_and_nothing_comes_twice(
    exportar, tmp_path: Path, operario: Operario, pontos: int
) -> None:
    pasta, _ = exportar(ORGANIZACOES)
    _importar(pasta, tmp_path)
    inteira = CargaLegado.objects.get()
    assert inteira.concluida_em is not None
    esperado, segundos = retrato(), (inteira.concluida_em - inteira.iniciada_em).total_seconds()
    mortas = 0
    while mortas < pontos:
        connection.close()
        operario.recriar_banco()
        mortas += _matar_depois_de(random.uniform(0, segundos), pasta, tmp_path)
        with suppress(CommandError):  # after its last commit nothing is left to go on with
            _importar(pasta, tmp_path, "--retomar")
        assert retrato() == esperado
        assert _guardados() == set(Arquivo.objects.values_list("chave", flat=True))
    _importar(pasta, tmp_path)
    de_novo = retrato()
    assert {tabela for tabela in esperado if de_novo[tabela] != esperado[tabela]} == set(_DA_CARGA)


def _importar(pasta: Path, relato: Path, *opcoes: str) -> None:
    call_command("legado", "importar", str(pasta), "--gravar", "--relatorio", str(relato), *opcoes)


def _matar_depois_de(segundos: float, pasta: Path, relato: Path) -> bool:
    """Kill the real command so long after it opened the load; tell whether it was still at work."""
    processo = iniciar_carga(pasta, relato)
    esperar(CargaLegado.objects.exists, processo)
    time.sleep(segundos)
    trabalhava = processo.poll() is None
    processo.kill()
    processo.wait()
    return trabalhava


def _guardados() -> set[str]:
    """Return what the storage holds once it was swept: what a killed load stored and never counted goes."""
    guarda.varrer_orfaos(timezone.now())
    pastas = [p for p in default_storage.listdir("")[0] if p != guarda.DE_PASSAGEM]
    return {f"{pasta}/{nome}" for pasta in pastas for nome in default_storage.listdir(pasta)[1]}
