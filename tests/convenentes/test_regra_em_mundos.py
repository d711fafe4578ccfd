"""The SQL rule against the oracle, on worlds that Hypothesis draws, a day before, on and after each date in them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from convenentes import situacao
from convenentes.situacao import Linha
from documentos.models import Norma
from tests.convenentes import bordas, comparacao, oraculo
from tests.convenentes import mundo as construcao
from tests.convenentes.comparacao import Povo
from tests.convenentes.mundo import HOJE
from tests.convenentes.oraculo import Mundo
from tests.convenentes.sorteio import Sorteio

pytestmark = pytest.mark.django_db
DESDE = date(2021, 1, 1)
PARES = 5_000


@contextmanager
def _escrito(mundo: Mundo) -> Iterator[Povo]:
    """One world at a time in the same database."""
    with transaction.atomic():
        yield comparacao.povoar(mundo, DESDE)
        transaction.set_rollback(True)


def test_the_rule_says_of_the_rows_what_the_oracle_says_of_the_world() -> None:
    pares, vistos = 0, Counter[object]()

    # A smaller seed draws no simpler world: nothing to shrink.
    @settings(max_examples=14, deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(st.integers(0, 2**32 - 1))
    def comparar(n: int) -> None:
        nonlocal pares, vistos
        sorteio = Sorteio(n)
        with _escrito(sorteio.mundo) as povo:
            for dia in sorteio.dias:
                vistos += _comparar_o_dia(povo, dia, dia, f"seed {n}")
                pares += len(povo.registros)
            for dia in sorteio.dias[::3]:
                _comparar_os_resumos(povo, dia, f"seed {n}")
            antigo = sorteio.dias[0]
            _comparar_o_dia(povo, HOJE, antigo, f"seed {n}, older catalogue")
            norma = construcao.rascunhar(sorteio.mundo.rascunho, povo.regras)
            _comparar_o_dia(povo, HOJE, HOJE, f"seed {n}, a draft in the drawer")
            _comparar_o_dia(povo, HOJE, HOJE, f"seed {n}, a draft as if in force", norma)

    comparar()
    assert pares >= PARES
    assert set(situacao.Estado.values) <= set(vistos)
    assert min(vistos["regular"], vistos["irregular"], vistos["transição"]) > pares / 50, (
        "worlds that say too little"
    )


def test_the_rule_says_what_the_oracle_says_where_a_day_or_an_instant_decides() -> None:
    povo = comparacao.povoar(bordas.MUNDO, DESDE)
    for dia in bordas.DIAS:
        assert comparacao.ditas(situacao.linhas(dia)) == povo.esperadas(dia), dia
    for quem, registro in enumerate(povo.registros):
        ditas = comparacao.ditas(situacao.linhas(HOJE, [registro.pk]))
        assert ditas == povo.esperadas(HOJE, [quem]), quem


def _comparar_o_dia(
    povo: Povo, dia: date, catalogo: date, onde: str, norma: Norma | None = None
) -> Counter[object]:
    rascunho = povo.mundo.rascunho if norma else None
    linhas = situacao.linhas(dia, [r.pk for r in povo.registros], catalogo=catalogo, rascunho=norma)
    por_registro: dict[int, list[Linha]] = defaultdict(list)
    for linha in linhas:
        por_registro[linha.convenente_id].append(linha)
    vistos = Counter[object]()
    for quem, registro in enumerate(povo.registros):
        respostas = oraculo.responder(povo.mundo, quem, dia, catalogo, rascunho)
        ditas = comparacao.ditas(por_registro[registro.pk])
        assert ditas == povo.linhas_de(quem, respostas), (onde, quem, dia)
        vistos["regular" if oraculo.regular(povo.mundo, quem, respostas) else "irregular"] += 1
        vistos["transição"] += any(r.em_transicao for r in respostas.values())
        vistos.update(r.estado for r in respostas.values())
    return vistos


def _comparar_os_resumos(povo: Povo, dia: date, onde: str) -> None:
    resumos = situacao.resumir([r.pk for r in povo.registros], dia)
    for quem, registro in enumerate(povo.registros):
        respostas = oraculo.responder(povo.mundo, quem, dia)
        esperado = situacao.Resumo(
            oraculo.regular(povo.mundo, quem, respostas),
            sum(r.irregular for r in respostas.values()),
            any(r.estado == "com_restricao" for r in respostas.values()),
        )
        assert resumos[registro.pk] == esperado, (onde, quem, dia)
    primeiro = povo.registros[0]
    quadro, resumo = situacao.quadro(primeiro, dia), resumos[primeiro.pk]
    assert (quadro.regular, len(quadro.irregulares), bool(quadro.impedimentos)) == (
        resumo.regular,
        resumo.pendencias,
        resumo.impedimento,
    )
