"""The worked examples of docs/fontes.md are files that load."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from convenentes.fontes.cauc import Cauc
from convenentes.fontes.leitura import Recebido
from convenentes.fontes.lotes_estaduais import SIAFI_MG
from tests.convenentes.fontes.arquivos import ITENS

TEXTO = (Path(settings.BASE_DIR) / "docs" / "fontes.md").read_text()


def test_the_example_of_the_registers_of_the_state_loads_as_the_page_says() -> None:
    exemplo = next(
        bloco for bloco in re.findall(r"```\n(.*?)```", TEXTO, re.DOTALL) if bloco.startswith("cnpj;")
    )
    leitura = SIAFI_MG.ler(Recebido("exemplo.csv", exemplo.encode()))
    assert [achado.resultado for (achado,) in leitura.achados.values()] == ["sem_restricao", "com_restricao"]
    assert leitura.referencia == date(2026, 11, 24)


@pytest.mark.django_db
def test_the_example_of_the_cauc_loads_when_its_items_are_written_out() -> None:
    exemplo = next(bloco for bloco in re.findall(r"```\n(.*?)```", TEXTO, re.DOTALL) if "Pesquisa" in bloco)
    itens = ";".join(ITENS[2:-1])
    datas = ";".join("24/11/26" for _ in ITENS[2:-1])
    linhas = [linha.replace(" … ", itens if '"UF"' in linha else datas) for linha in exemplo.splitlines()]
    leitura = Cauc().ler(Recebido("exemplo.csv", "\n".join(linhas).encode()))
    assert leitura.referencia == date(2026, 11, 24)
    assert [len(leitura.achados[ente]) for ente in ("3146107", "3169901")] == [28, 27]
