"""CADIN-MG, SIAFI-MG and CAFIMP: one row for each CNPJ looked up, in a layout of ours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convenentes.cnpj import digitos_do_cnpj
from convenentes.fontes import carga
from convenentes.fontes.leitura import FonteRecusada, Recebido
from convenentes.models import CargaFonte, Convenente
from tests.convenentes.fontes.arquivos import DIA, lote, registro, ultimo

pytestmark = pytest.mark.django_db


def carregar(cadastro: str, recebido: Recebido, hoje: date = DIA) -> CargaFonte:
    feita, _ = carga.carregar(cadastro, recebido, hoje, CargaFonte.Origem.COMANDO)
    return feita


def recusa(cadastro: str, recebido: Recebido, hoje: date = DIA) -> str:
    with pytest.raises(FonteRecusada) as erro:
        carregar(cadastro, recebido, hoje)
    return str(erro.value)


@pytest.fixture
def organizacao() -> Convenente:
    return registro(20)


@pytest.mark.parametrize(
    ("cadastro", "situacao", "resultado"),
    [
        ("cadin_mg", "Não inscrito", "sem_restricao"),
        ("cadin_mg", "INSCRITO", "com_restricao"),
        ("siafi_mg", "Normal", "sem_restricao"),
        ("siafi_mg", "Bloqueado por inadimplência", "com_restricao"),
        ("cafimp", "não impedido", "sem_restricao"),
        ("cafimp", "Impedido", "com_restricao"),
    ],
)
def test_each_register_has_its_words(
    organizacao: Convenente, cadastro: str, situacao: str, resultado: str
) -> None:
    carregar(cadastro, lote([(organizacao.cnpj_formatado, situacao, "23/11/2026")]))
    assert ultimo(organizacao, cadastro) == (resultado, date(2026, 11, 23), situacao)


def test_the_detail_goes_after_the_situation(organizacao: Convenente) -> None:
    colunas = ("Detalhe", "Data", "Situação", "CNPJ")
    linha = ("Processo 12/2026", "2026-11-24", "Bloqueado", organizacao.cnpj)
    carregar("siafi_mg", lote([linha], colunas))
    assert ultimo(organizacao, "siafi_mg") == ("com_restricao", DIA, "Bloqueado – Processo 12/2026")


def test_who_is_not_in_the_file_is_not_answered(organizacao: Convenente) -> None:
    outra = registro(21)
    feita = carregar("cadin_mg", lote([(outra.cnpj, "inscrito", "24/11/2026")]))
    assert ultimo(organizacao, "cadin_mg") is None
    assert (feita.linhas, feita.respostas, feita.com_restricao) == (1, 1, 1)


def test_a_cnpj_that_we_do_not_know_is_no_error(organizacao: Convenente) -> None:
    feita = carregar("cadin_mg", lote([("90000001000129", "inscrito", "24/11/2026")]))
    assert (feita.linhas, feita.respostas) == (1, 0)


def test_a_cancelled_record_is_not_answered(organizacao: Convenente) -> None:
    Convenente.objects.filter(pk=organizacao.pk).update(estado=Convenente.Estado.CANCELADO)
    assert carregar("cadin_mg", lote([(organizacao.cnpj, "inscrito", "24/11/2026")])).respostas == 0


def test_a_cnpj_with_letters_is_read_in_lower_case_and_with_punctuation() -> None:
    base = "ZZ7000220001"
    letras = registro(22)
    letras.cnpj = base + digitos_do_cnpj(base)
    letras.save(update_fields=["cnpj"])
    carregar("cafimp", lote([(letras.cnpj_formatado.lower(), "impedido", "24/11/2026")]))
    assert ultimo(letras, "cafimp") == ("com_restricao", DIA, "impedido")


def test_the_day_of_the_file_is_that_of_its_newest_row(organizacao: Convenente) -> None:
    linhas = [
        (organizacao.cnpj, "normal", "20/11/2026"),
        (registro(23).cnpj, "normal", "22/11/2026"),
    ]
    assert carregar("siafi_mg", lote(linhas)).referencia == date(2026, 11, 22)


def test_every_error_is_told_with_its_line_and_nothing_is_loaded(organizacao: Convenente) -> None:
    linhas = [
        (organizacao.cnpj, "inscrito", "24/11/2026"),
        ("90000001000121", "inscrito", "24/11/2026"),
        ("90000001000129", "talvez", "24/11/2026"),
        ("90000002000173", "inscrito", "24-11-2026"),
        (organizacao.cnpj, "inscrito", "24/11/2026"),
    ]
    assert recusa("cadin_mg", lote(linhas)).splitlines() == [
        "Linha 3: “90000001000121” não é um CNPJ válido.",
        "Linha 4: situação “talvez” desconhecida. Use: inscrito, nao inscrito.",
        "Linha 5: “24-11-2026” não é uma data como 31/12/2026.",
        f"Linha 6: o CNPJ {organizacao.cnpj} já apareceu acima.",
    ]
    assert ultimo(organizacao, "cadin_mg") is None


def test_a_blank_situation_is_never_an_answer(organizacao: Convenente) -> None:
    assert "situação “” desconhecida" in recusa("siafi_mg", lote([(organizacao.cnpj, " ", "24/11/2026")]))


def test_a_row_from_the_future_is_refused_even_when_the_others_are_not(organizacao: Convenente) -> None:
    amanha = DIA + timedelta(days=1)
    linhas = [
        (organizacao.cnpj, "normal", f"{DIA:%d/%m/%Y}"),
        (registro(24).cnpj, "normal", f"{amanha:%d/%m/%Y}"),
    ]
    assert recusa("siafi_mg", lote(linhas)) == "O arquivo traz uma data que ainda não chegou."


def test_a_file_in_latin_1_is_read_with_its_accents(organizacao: Convenente) -> None:
    arquivo = lote([(organizacao.cnpj, "Inadimplência", "24/11/2026")])
    carregar("siafi_mg", replace(arquivo, conteudo=arquivo.conteudo.decode().encode("latin-1")))
    assert ultimo(organizacao, "siafi_mg") == ("com_restricao", DIA, "Inadimplência")
