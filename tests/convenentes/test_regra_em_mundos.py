"""The SQL rule against the oracle, on worlds drawn by lot, a day before, on and after each date in them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from convenentes import situacao
from convenentes.models import Convenente
from convenentes.situacao import Linha
from tests.convenentes import mundo as construcao
from tests.convenentes import oraculo
from tests.convenentes.mundo import HOJE
from tests.convenentes.oraculo import Mundo, Resposta
from tests.convenentes.sorteio import PRAZOS, Sorteio

pytestmark = pytest.mark.django_db
DESDE = date(2021, 1, 1)
PARES = 5_000


@pytest.fixture
def semente(request: pytest.FixtureRequest) -> int:
    """The seed of the run, printed first: another one each time."""
    return int(request.config.getoption("randomly_seed")) % 2**32


@contextmanager
def _escrito(mundo: Mundo) -> Iterator[list[Convenente]]:
    """One world at a time in the same database."""
    with transaction.atomic():
        yield construcao.povoar(mundo, construcao.catalogo(mundo.obrigacoes, PRAZOS, DESDE))
        transaction.set_rollback(True)


def _por_registro(linhas: list[Linha]) -> dict[int, dict[str, Resposta]]:
    por_registro: dict[int, dict[str, Resposta]] = defaultdict(dict)
    for li in linhas:
        por_registro[li.convenente_id][li.codigo] = Resposta(
            li.estado, li.valido_ate, li.irregular, bool(li.em_transicao)
        )
    return por_registro


def test_the_rule_says_of_the_rows_what_the_oracle_says_of_the_world(semente: int) -> None:
    pares, vistos, n = 0, Counter[object](), semente
    while pares < PARES:
        sorteio = Sorteio(n)
        with _escrito(sorteio.mundo) as registros:
            for dia in sorteio.dias:
                vistos += _comparar_o_dia(sorteio.mundo, registros, dia, dia, f"seed {n}")
                pares += len(registros)
            for dia in sorteio.dias[::3]:
                _comparar_os_resumos(sorteio.mundo, registros, dia, f"seed {n}")
            _comparar_o_dia(sorteio.mundo, registros, HOJE, sorteio.dias[0], f"seed {n}, older catalogue")
        n += 1
    assert set(situacao.Estado.values) <= set(vistos)
    assert min(vistos["regular"], vistos["irregular"], vistos["transição"]) > pares / 50, (
        "worlds that say too little"
    )


def _comparar_o_dia(
    mundo: Mundo, registros: list[Convenente], dia: date, catalogo: date, onde: str
) -> Counter[object]:
    ditas = _por_registro(situacao.linhas(dia, [r.pk for r in registros], catalogo=catalogo))
    vistos = Counter[object]()
    for quem, registro in enumerate(registros):
        esperadas = oraculo.responder(mundo, quem, dia, catalogo)
        assert ditas[registro.pk] == esperadas, (onde, quem, dia)
        vistos["regular" if oraculo.regular(mundo, quem, esperadas) else "irregular"] += 1
        vistos["transição"] += any(r.em_transicao for r in esperadas.values())
        vistos.update(r.estado for r in esperadas.values())
    return vistos


def _comparar_os_resumos(mundo: Mundo, registros: list[Convenente], dia: date, onde: str) -> None:
    resumos = situacao.resumir([r.pk for r in registros], dia)
    for quem, registro in enumerate(registros):
        esperadas = oraculo.responder(mundo, quem, dia)
        esperado = situacao.Resumo(
            oraculo.regular(mundo, quem, esperadas),
            sum(r.irregular for r in esperadas.values()),
            any(r.estado == "com_restricao" for r in esperadas.values()),
        )
        assert resumos[registro.pk] == esperado, (onde, quem, dia)
    quadro = situacao.quadro(registros[0], dia)
    resumo = resumos[registros[0].pk]
    assert (quadro.regular, len(quadro.irregulares), bool(quadro.impedimentos)) == (
        resumo.regular,
        resumo.pendencias,
        resumo.impedimento,
    )
