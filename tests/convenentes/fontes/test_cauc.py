"""The open CSV of the CAUC answers the fiscal lines of municípios, of their health funds and of the states."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convenentes.fontes import carga
from convenentes.fontes.leitura import FonteRecusada, Recebido
from convenentes.models import CargaFonte, Convenente, ResultadoFonte
from tests.convenentes.fontes.arquivos import DIA, ITENS, cauc, registro, ultimo

pytestmark = pytest.mark.django_db

OURO_PRETO, UBA = "3146107", "3169901"


def carregar(recebido: Recebido, hoje: date = DIA) -> CargaFonte:
    feita, _ = carga.carregar("cauc", recebido, hoje, CargaFonte.Origem.COMANDO)
    return feita


def recusa(recebido: Recebido, hoje: date = DIA) -> str:
    with pytest.raises(FonteRecusada) as erro:
        carregar(recebido, hoje)
    assert not CargaFonte.objects.exists()
    assert not ResultadoFonte.objects.exists()
    return str(erro.value)


@pytest.fixture
def municipio() -> Convenente:
    return registro(1, "municipio")


def test_a_date_proves_a_line_until_the_day_that_is_printed(municipio: Convenente) -> None:
    carregar(cauc({OURO_PRETO: {"3.1.2": "30/01/27"}}))
    resultado = municipio.resultados.get(fonte__codigo="cauc_3_1_2")
    assert (resultado.resultado, resultado.consultado_em) == ("sem_restricao", DIA)
    assert resultado.vale_ate == date(2027, 1, 30)
    assert resultado.detalhe == "Comprovado no CAUC, com data de 30/01/2027"


def test_the_date_of_an_item_checked_every_day_is_no_expiry(municipio: Convenente) -> None:
    carregar(cauc({OURO_PRETO: {"4.1": f"{DIA:%d/%m/%y}"}}))
    assert municipio.resultados.get(fonte__codigo="cauc_4_1").vale_ate is None


def test_a_pending_item_is_a_restriction(municipio: Convenente) -> None:
    carregar(cauc({OURO_PRETO: {"5.1": "!"}}))
    assert ultimo(municipio, "cauc_5_1") == ("com_restricao", DIA, "A comprovar no CAUC")
    assert ultimo(municipio, "cauc_5_2") is not None


@pytest.mark.parametrize("valor", ["Desabilitado", "DESABILITADO", ""])
def test_an_item_that_was_out_for_everybody_says_nothing_and_keeps_the_last_answer(
    municipio: Convenente, valor: str
) -> None:
    carregar(cauc({OURO_PRETO: {"5.1": "!"}}))
    amanha = DIA + timedelta(days=1)
    carregar(cauc({OURO_PRETO: {"5.1": valor}}, amanha), amanha)
    assert ultimo(municipio, "cauc_5_1") == ("com_restricao", DIA, "A comprovar no CAUC")


def test_every_line_of_a_municipio_is_answered_and_nothing_else(municipio: Convenente) -> None:
    feita = carregar(cauc({OURO_PRETO: {}}))
    linhas = municipio.tipo.exigencias.filter(fonte__startswith="cauc_").values_list("fonte", flat=True)
    assert set(municipio.resultados.values_list("fonte__codigo", flat=True)) == set(linhas)
    assert (feita.linhas, feita.respostas, feita.com_restricao) == (1, len(linhas), 0)


def test_the_health_fund_follows_its_municipio() -> None:
    fundo = registro(2, "fms")
    carregar(cauc({OURO_PRETO: {"3.2.4": "!"}, UBA: {}}))
    assert ultimo(fundo, "cauc_3_2_4") == ("com_restricao", DIA, "A comprovar no CAUC")
    assert {r.fonte.codigo for r in fundo.resultados.all()} == {"cauc_3_2_4", "cauc_5_2"}


def test_the_state_is_found_by_its_letters_in_the_file_of_the_states() -> None:
    estado = registro(3, "estado_df", "Belo Horizonte")
    carregar(cauc({"31": {"3.3": "!"}}))
    assert ultimo(estado, "cauc_3_3") == ("com_restricao", DIA, "A comprovar no CAUC")


def test_the_files_of_states_and_of_municipios_do_not_undo_each_other(municipio: Convenente) -> None:
    carregar(cauc({OURO_PRETO: {"3.3": "!"}}))
    ontem = DIA - timedelta(days=1)
    carregar(cauc({"31": {}}, ontem))
    assert ultimo(municipio, "cauc_3_3") == ("com_restricao", DIA, "A comprovar no CAUC")


def test_an_older_file_overrides_no_newer_answer(municipio: Convenente) -> None:
    carregar(cauc({OURO_PRETO: {"3.3": "!"}}))
    velha = carregar(cauc({OURO_PRETO: {}}, DIA - timedelta(days=3)))
    assert velha.respostas == 0
    assert ultimo(municipio, "cauc_3_3") == ("com_restricao", DIA, "A comprovar no CAUC")


def test_an_osc_has_no_line_of_the_cauc() -> None:
    organizacao = registro(4)
    carregar(cauc({OURO_PRETO: {}}))
    assert not organizacao.resultados.exists()


def test_a_file_that_lost_an_item_that_we_show_is_refused(municipio: Convenente) -> None:
    assert (
        recusa(cauc({OURO_PRETO: {}}, itens=[i for i in ITENS if i != "3.6"]))
        == "Falta a coluna do item 3.6."
    )


def test_a_new_item_of_the_cauc_does_not_disturb(municipio: Convenente) -> None:
    assert carregar(cauc({OURO_PRETO: {}}, itens=[*ITENS, "5.8"])).respostas == 8


def test_every_wrong_value_is_told_with_its_line_and_nothing_is_loaded(municipio: Convenente) -> None:
    mensagem = recusa(cauc({UBA: {"1.1": "talvez"}, OURO_PRETO: {"5.7": "31/02/26"}, "12": {}, "999": {}}))
    assert mensagem.splitlines() == [
        "Linha 5: item 1.1: “talvez” não é uma data como 31/12/2026.",
        "Linha 6: item 5.7: “31/02/26” não é uma data como 31/12/2026.",
        "Linha 8: código IBGE inválido: 999 (MG).",
    ]


def test_an_ente_that_appears_twice_is_refused(municipio: Convenente) -> None:
    arquivo = cauc({OURO_PRETO: {}})
    dobrado = replace(arquivo, conteudo=arquivo.conteudo + arquivo.conteudo.splitlines(keepends=True)[-1])
    assert recusa(dobrado) == "Linha 6: o ente já apareceu acima: 3146107 (MG)."


def test_the_day_of_the_search_must_be_there_and_must_have_come(municipio: Convenente) -> None:
    arquivo = cauc({OURO_PRETO: {}})
    sem_data = replace(arquivo, conteudo=arquivo.conteudo.replace(b"Data da Pesquisa", b"Relatorio"))
    assert "Falta a linha" in recusa(sem_data)
    ilegivel = replace(arquivo, conteudo=arquivo.conteudo.replace(b"24/11/2026", b"hoje"))
    assert recusa(ilegivel).startswith("Linha 1: Data da Pesquisa: “hoje”")
    assert recusa(arquivo, DIA - timedelta(days=1)) == "O arquivo traz uma data que ainda não chegou."
