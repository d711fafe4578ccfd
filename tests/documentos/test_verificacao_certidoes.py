"""Each kind of certificate is recognised and read, however its text arrives."""

from datetime import date

import pytest

from documentos.verificacoes import certidoes as lidas
from documentos.verificacoes.certidoes import Certidao, Resultado
from documentos.verificacoes.texto import normalizar
from tests.documentos import certidoes as modelos

EMISSAO = date(2026, 3, 5)
CNPJ = ("11222333000181",)
ESPERADAS = {
    "cnd_federal": (date(2026, 9, 1), "AB12.34CD.56EF.7890"),
    "crf_fgts": (date(2026, 4, 3), "2026030501020304050607"),
    "cndt": (date(2026, 9, 1), "12345678/2026"),
    "cdt_mg": (date(2026, 6, 3), "2026000123456789"),
    "tce_pessoal": (date(2026, 7, 3), "7F3A-99B1"),
    "cnd_municipal": (date(2026, 5, 4), "FIC-2026-0099"),
}
DE_REGULARIDADE = {"crf_fgts", "tce_pessoal"}  # papers that are neither "negativa" nor "positiva"


def _ler(texto: str) -> Certidao:
    lida = lidas.ler(normalizar(texto))
    assert lida is not None
    return lida


@pytest.mark.parametrize("variacao", modelos.VARIACOES)
@pytest.mark.parametrize("especie", modelos.TODAS)
def test_a_certificate_is_read_whole(especie: str, variacao: str) -> None:
    lida = _ler(modelos.VARIACOES[variacao](modelos.TODAS[especie]))
    valida_ate, codigo = ESPERADAS[especie]
    assert (lida.especie, lida.cnpjs, lida.emitida_em, lida.valida_ate, lida.resultado, lida.codigo) == (
        especie,
        CNPJ,
        EMISSAO,
        valida_ate,
        Resultado.REGULAR if especie in DE_REGULARIDADE else Resultado.NEGATIVA,
        codigo,
    )


@pytest.mark.parametrize("especie", modelos.TODAS)
def test_an_alphanumeric_cnpj_is_read(especie: str) -> None:
    texto = modelos.TODAS[especie].replace(modelos.CNPJ, modelos.ALFANUMERICO)
    assert _ler(texto).cnpjs == ("12ABC34501DE35",)


def test_a_cnpj_without_punctuation_is_read() -> None:
    assert _ler(modelos.CNDT.replace(modelos.CNPJ, "11222333000181")).cnpjs == CNPJ


def test_every_cnpj_is_told() -> None:
    assert _ler(f"{modelos.CND}\nCNPJ: {modelos.OUTRO_CNPJ}").cnpjs == (*CNPJ, "44555666000109")


@pytest.mark.parametrize(
    ("texto", "titulo", "resultado"),
    [
        (modelos.CND, "CERTIDÃO POSITIVA COM EFEITOS DE NEGATIVA DE DÉBITOS", Resultado.COM_EFEITO),
        (modelos.CND, "CERTIDÃO POSITIVA DE DÉBITOS", Resultado.POSITIVA),
        (modelos.CNDT, "CERTIDÃO POSITIVA DE DÉBITOS", Resultado.POSITIVA),
        (modelos.MUNICIPAL, "CERTIDÃO POSITIVA COM EFEITO DE NEGATIVA DE DÉBITOS", Resultado.COM_EFEITO),
        (modelos.MUNICIPAL, "CERTIDÃO POSITIVA DE DÉBITOS", Resultado.POSITIVA),
    ],
)
def test_the_title_says_the_outcome(texto: str, titulo: str, resultado: Resultado) -> None:
    assert _ler(texto.replace("CERTIDÃO NEGATIVA DE DÉBITOS", titulo)).resultado == resultado


def test_the_effect_may_come_after_the_debts() -> None:
    titulo = "CERTIDÃO POSITIVA DE DÉBITOS TRABALHISTAS COM EFEITO DE NEGATIVA"
    texto = modelos.CNDT.replace("CERTIDÃO NEGATIVA DE DÉBITOS TRABALHISTAS", titulo)
    assert _ler(texto).resultado == Resultado.COM_EFEITO


@pytest.mark.parametrize(
    ("linha", "resultado"),
    [
        ("Positiva com efeitos de negativa", Resultado.COM_EFEITO),
        ("Positiva", Resultado.POSITIVA),
        ("", Resultado.NAO_LIDO),
    ],
)
def test_the_state_prints_the_outcome_under_the_title(linha: str, resultado: Resultado) -> None:
    assert _ler(modelos.CDT.replace("Negativa", linha)).resultado == resultado


@pytest.mark.parametrize(
    ("palavras", "resultado"),
    [
        ("ultrapassou", Resultado.IRREGULAR),
        ("não excedeu", Resultado.REGULAR),
        ("não foram ultrapassados os limites, nem", Resultado.REGULAR),
        ("não houve descumprimento", Resultado.REGULAR),
        ("não se encontra acima do limite", Resultado.REGULAR),
        ("atendeu ao limite", Resultado.REGULAR),
        ("foram ultrapassados os limites", Resultado.IRREGULAR),
        ("não foi observado o limite", Resultado.IRREGULAR),
        ("não se encontra dentro do limite", Resultado.IRREGULAR),
        ("cumpriu o primeiro limite e excedeu o segundo", Resultado.IRREGULAR),
        ("cumpriu", Resultado.REGULAR),
        ("não cumpriu", Resultado.IRREGULAR),
        ("descumpriu", Resultado.IRREGULAR),
        ("informou", Resultado.NAO_LIDO),
    ],
)
def test_the_court_of_accounts_says_it_in_words(palavras: str, resultado: Resultado) -> None:
    assert _ler(modelos.TCE.replace("não ultrapassou", palavras)).resultado == resultado


@pytest.mark.parametrize(
    ("limites", "especie"),
    [
        ("da dívida consolidada e das operações de crédito fixado", "tce_divida"),
        ("da despesa com pessoal e da dívida consolidada", "tce_limites"),
    ],
)
def test_the_court_of_accounts_attests_two_groups_of_limits(limites: str, especie: str) -> None:
    assert _ler(modelos.TCE.replace("da despesa total com pessoal fixado", limites)).especie == especie


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "Ata da assembleia que elegeu a diretoria, no município de Fictícia",
        "Conta de energia. A certidão negativa não é necessária.",
        "Estatuto: a associação apresentará certidões dos tributos federais quando pedidas",
    ],
)
def test_other_papers_are_no_certificates(texto: str) -> None:
    assert lidas.ler(normalizar(texto)) is None


def test_a_day_that_does_not_exist_is_not_read() -> None:
    assert _ler(modelos.CND.replace("01/09/2026", "31/09/2026")).valida_ate is None
