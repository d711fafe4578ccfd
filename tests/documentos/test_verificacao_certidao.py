"""A certificate is compared with whose folder it is in and with what was typed."""

from dataclasses import replace
from datetime import date

import pytest

from documentos.verificacoes.certidao import Esperado, comparar
from documentos.verificacoes.certidoes import Certidao, Resultado

HOJE = date(2026, 3, 10)
CNPJ, FILIAL, OUTRO = "11222333000181", "11222333000262", "44555666000109"
CND = Certidao("cnd_federal", (CNPJ,), date(2026, 3, 5), date(2026, 9, 1), Resultado.NEGATIVA)
ESPERADO = Esperado("cnd_federal", (CNPJ,), date(2026, 3, 5), date(2026, 9, 1))


def _ditos(lida: Certidao, esperado: Esperado = ESPERADO, hoje: date = HOJE) -> list[tuple[bool, str]]:
    return [(d.grave, d.aviso) for d in comparar(lida, esperado, hoje)]


@pytest.mark.parametrize("resultado", [Resultado.NEGATIVA, Resultado.COM_EFEITO, Resultado.REGULAR])
def test_what_fits_is_left_in_peace(resultado: Resultado) -> None:
    assert _ditos(replace(CND, resultado=resultado)) == []


def test_days_that_nobody_typed_differ_from_nothing() -> None:
    assert _ditos(CND, Esperado("cnd_federal", (CNPJ,))) == []


def test_another_kind_is_named() -> None:
    (dito,) = _ditos(replace(CND, especie="crf_fgts"))
    assert dito == (True, "Isto parece ser certificado do FGTS (CRF), e não o documento pedido.")


def test_one_paper_of_the_court_of_accounts_serves_both_lines() -> None:
    lida = replace(CND, especie="tce_limites")
    assert _ditos(lida, replace(ESPERADO, tipo="tce_divida")) == []
    assert _ditos(lida, replace(ESPERADO, tipo="tce_pessoal")) == []


def test_another_cnpj_is_grave() -> None:
    assert _ditos(replace(CND, cnpjs=(OUTRO,))) == [(True, "O CNPJ da certidão não é o desta organização.")]


@pytest.mark.parametrize(("especie", "serve"), [("cnd_federal", True), ("cndt", True), ("crf_fgts", False)])
def test_union_and_labour_courts_certify_head_office_and_branches_together(especie: str, serve: bool) -> None:
    lida, esperado = replace(CND, especie=especie), replace(ESPERADO, tipo=especie, cnpjs=(FILIAL,))
    assert (_ditos(lida, esperado) == []) is serve


def test_a_fund_may_show_the_certificate_of_its_municipio() -> None:
    assert _ditos(replace(CND, cnpjs=(OUTRO,)), replace(ESPERADO, cnpjs=(CNPJ, OUTRO))) == []


def test_two_cnpjs_need_a_person() -> None:
    assert _ditos(replace(CND, cnpjs=(OUTRO, CNPJ))) == [(False, "A certidão menciona mais de um CNPJ.")]


def test_a_positive_one_proves_nothing() -> None:
    ((grave, aviso),) = _ditos(replace(CND, resultado=Resultado.POSITIVA))
    assert grave
    assert "não comprova a regularidade" in aviso


def test_a_limit_that_was_not_kept_proves_nothing() -> None:
    lida = replace(CND, especie="tce_pessoal", resultado=Resultado.IRREGULAR)
    ((grave, aviso),) = _ditos(lida, replace(ESPERADO, tipo="tce_pessoal"))
    assert grave
    assert "algum limite foi descumprido" in aviso


@pytest.mark.parametrize(("hoje", "vencida"), [(date(2026, 9, 1), False), (date(2026, 9, 2), True)])
def test_it_is_valid_through_its_last_day(hoje: date, vencida: bool) -> None:
    assert any(grave for grave, _ in _ditos(CND, hoje=hoje)) is vencida


def test_typed_days_that_differ_are_advice() -> None:
    digitado = replace(ESPERADO, emitido_em=date(2026, 3, 4), valido_ate=date(2026, 9, 11))
    assert _ditos(CND, digitado) == [
        (False, "Você informou 04/03/2026, mas a data de emissão impressa na certidão é 05/03/2026."),
        (False, "Você informou 11/09/2026, mas a validade impressa na certidão é 01/09/2026."),
    ]


def test_days_in_the_wrong_order_are_told() -> None:
    lida = replace(CND, emitida_em=CND.valida_ate, valida_ate=date(2026, 8, 1))
    assert (False, "As datas da certidão não combinam: a validade é anterior à emissão.") in _ditos(lida)


@pytest.mark.parametrize("falta", [{"cnpjs": ()}, {"valida_ate": None}, {"resultado": Resultado.NAO_LIDO}])
def test_what_could_not_be_read_is_told_and_is_not_grave(falta: dict[str, object]) -> None:
    assert [grave for grave, _ in _ditos(replace(CND, **falta))] == [False]  # type: ignore[arg-type]
