"""Which dates each kind of validity asks for. The last day always counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from documentos.envio import ArquivoRecusado
from documentos.models import Documento, Validade
from tests.documentos import apoio

pytestmark = pytest.mark.django_db
HOJE = date(2026, 3, 31)
ATE_QUANDO = "Informe até quando o documento vale."
VENCIDO = "Este documento já venceu. Emita um novo e envie."
EMISSAO = "Informe a data de emissão do documento."
ANTIGO = "O documento deve ter sido emitido há no máximo 90 dias."
FUTURO = "A data de emissão não pode estar no futuro."
ANTES = "A validade não pode ser anterior à emissão."
ANO = "Informe o ano de referência, com quatro números."


@pytest.fixture(autouse=True)
def _hoje(hoje_e: Callable[[date], None]) -> None:
    hoje_e(HOJE)


def _fatos(emitido: str | None, ate: str | None, ano: int | None) -> dict[str, Any]:
    return {"emitido_em": apoio.dia(emitido), "valido_ate": apoio.dia(ate), "ano_referencia": ano}


@pytest.mark.parametrize(
    ("validade", "emitido", "ate", "ano"),
    [
        (Validade.MANDATO, None, None, None),
        (Validade.PERM, "2026-03-31", None, None),
        (Validade.VIVA, None, None, None),
        (Validade.IMPRESSA, None, "2026-03-31", None),
        (Validade.IMPRESSA, "2026-03-31", "2026-03-31", None),
        (Validade.FIXA, None, "2030-01-01", None),
        (Validade.EMISSAO90_MANDATO, "2026-03-31", None, None),
        (Validade.EMISSAO90_MANDATO, "2025-12-31", None, None),
        (Validade.ANO, None, None, 2025),
        (Validade.ANO, None, None, 2026),
        (Validade.ANO, None, None, 2036),
    ],
)
def test_dates_that_fit_are_kept(
    validade: str, emitido: str | None, ate: str | None, ano: int | None
) -> None:
    fatos = _fatos(emitido, ate, ano)
    documento = apoio.anexar(apoio.tipo(validade), **fatos)
    documento.refresh_from_db()
    assert {campo: getattr(documento, campo) for campo in fatos} == fatos


@pytest.mark.parametrize(
    ("validade", "emitido", "ate", "ano", "mensagens"),
    [
        (Validade.PERM, "2026-04-01", None, None, [FUTURO]),
        (Validade.MANDATO, "2026-02-02", "2026-02-01", None, [ANTES]),
        (Validade.IMPRESSA, None, None, None, [ATE_QUANDO]),
        (Validade.IMPRESSA, None, "2026-03-30", None, [VENCIDO]),
        (Validade.FIXA, None, None, None, [ATE_QUANDO]),
        (Validade.FIXA, "2026-03-30", "2026-03-29", None, [ANTES, VENCIDO]),
        (Validade.EMISSAO90_MANDATO, None, None, None, [EMISSAO]),
        (Validade.EMISSAO90_MANDATO, "2025-12-30", None, None, [ANTIGO]),
        (Validade.EMISSAO90_MANDATO, "2026-04-01", None, None, [FUTURO]),
        (Validade.ANO, None, None, None, [ANO]),
        (Validade.ANO, None, None, 2024, [ANO]),
        (Validade.ANO, None, None, 2037, [ANO]),
        (Validade.ANO, None, None, 26, [ANO]),
    ],
)
def test_dates_that_do_not_fit_are_refused_all_at_once(
    validade: str, emitido: str | None, ate: str | None, ano: int | None, mensagens: list[str]
) -> None:
    with pytest.raises(ArquivoRecusado) as recusa:
        apoio.anexar(apoio.tipo(validade), **_fatos(emitido, ate, ano))
    assert recusa.value.mensagens == mensagens
    assert not Documento.objects.exists()


def test_every_kind_of_validity_is_tried_above() -> None:
    aceitas = test_dates_that_fit_are_kept.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {linha[0] for linha in aceitas} == set(Validade)
