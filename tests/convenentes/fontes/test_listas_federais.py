"""CEPIM, CEIS and CNEP answer one line together: who is in any of them is restricted, who is in none is not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convenentes.fontes import carga
from convenentes.fontes.leitura import FonteRecusada, Recebido
from convenentes.models import CargaFonte, Convenente
from tests.convenentes.fontes.arquivos import DIA, ceis, cepim, registro, sancao, ultimo

pytestmark = pytest.mark.django_db

AMANHA = DIA + timedelta(days=1)


def carregar(cadastro: str, recebido: Recebido, hoje: date = AMANHA, *, menor: bool = False) -> CargaFonte:
    feita, _ = carga.carregar(cadastro, recebido, hoje, CargaFonte.Origem.COMANDO, aceitar_menor=menor)
    return feita


def recusa(cadastro: str, recebido: Recebido, hoje: date = AMANHA) -> str:
    with pytest.raises(FonteRecusada) as erro:
        carregar(cadastro, recebido, hoje)
    return str(erro.value)


@pytest.fixture
def organizacao() -> Convenente:
    return registro(10)


def carregar_as_tres(
    no_cepim: list[str] | None = None,
    no_ceis: list[tuple[str, ...]] | None = None,
    no_cnep: list[tuple[str, ...]] | None = None,
) -> None:
    carregar("cepim", cepim(no_cepim or []))
    carregar("ceis", ceis(no_ceis or []))
    carregar("cnep", ceis(no_cnep or [], lista="CNEP"))


def test_absence_from_the_three_lists_is_no_restriction_for_every_private_record(
    organizacao: Convenente,
) -> None:
    publico, religiosa = registro(11, "municipio"), registro(12, "org_religiosa")
    carregar_as_tres()
    assert ultimo(organizacao, "cepim") == ("sem_restricao", DIA, "")
    assert ultimo(religiosa, "cepim") == ("sem_restricao", DIA, "")
    assert ultimo(publico, "cepim") is None


def test_nobody_is_cleared_while_one_of_the_lists_is_missing(organizacao: Convenente) -> None:
    carregar("cepim", cepim([]))
    carregar("ceis", ceis())
    assert ultimo(organizacao, "cepim") is None


def test_a_hit_is_told_at_once_even_while_other_lists_are_missing(organizacao: Convenente) -> None:
    carregar("cepim", cepim([organizacao.cnpj]))
    assert ultimo(organizacao, "cepim") == (
        "com_restricao",
        DIA,
        "CEPIM: Omissão de contas – Ministério da Ficção",
    )


@pytest.mark.parametrize("lista", ["CEIS", "CNEP"])
def test_a_sanction_of_ceis_or_cnep_is_a_restriction_with_its_end(
    organizacao: Convenente, lista: str
) -> None:
    carregar_as_tres()
    arquivo = ceis([sancao(organizacao.cnpj_formatado, fim="31/12/2026")], AMANHA, lista)
    feita = carregar(lista.lower(), arquivo)
    assert ultimo(organizacao, "cepim") == (
        "com_restricao",
        AMANHA,
        f'{lista}: Suspensão; com "ponto e vírgula" – Prefeitura de Ficção – até 31/12/2026',
    )
    assert (feita.linhas, feita.respostas, feita.com_restricao) == (2, 1, 1)


def test_a_hit_in_one_list_survives_a_newer_file_of_another(organizacao: Convenente) -> None:
    carregar_as_tres(no_cepim=[organizacao.cnpj])
    carregar("ceis", ceis([], AMANHA))
    achado = ultimo(organizacao, "cepim")
    assert achado is not None
    assert achado[0] == "com_restricao"


def test_leaving_the_list_clears_with_the_age_of_the_oldest_list(organizacao: Convenente) -> None:
    carregar_as_tres(no_cepim=[organizacao.cnpj])
    carregar("cepim", cepim([], AMANHA))
    assert ultimo(organizacao, "cepim") == ("sem_restricao", DIA, "")


@pytest.mark.parametrize(
    ("inicio", "fim", "resultado"),
    [
        ("01/01/2020", "23/11/2026", "sem_restricao"),
        ("01/01/2020", "24/11/2026", "com_restricao"),
        ("24/11/2026", "", "com_restricao"),
        ("25/11/2026", "", "sem_restricao"),
        ("", "Sem informação", "com_restricao"),
    ],
)
def test_a_sanction_counts_from_its_first_to_its_last_day(
    organizacao: Convenente, inicio: str, fim: str, resultado: str
) -> None:
    carregar_as_tres(no_ceis=[sancao(organizacao.cnpj, inicio, fim)])
    achado = ultimo(organizacao, "cepim")
    assert achado is not None
    assert achado[0] == resultado


def test_a_root_restricts_every_establishment(organizacao: Convenente) -> None:
    carregar_as_tres(no_cnep=[sancao(organizacao.cnpj[:8])])
    achado = ultimo(organizacao, "cepim")
    assert achado is not None
    assert achado[0] == "com_restricao"


def test_another_establishment_of_the_same_root_is_not_restricted(organizacao: Convenente) -> None:
    carregar_as_tres(no_ceis=[sancao(f"{organizacao.cnpj[:8]}000299")])
    assert ultimo(organizacao, "cepim") == ("sem_restricao", DIA, "")


def test_persons_and_foreigners_are_set_aside_and_counted() -> None:
    feita = carregar("ceis", ceis([sancao("***.123.456-**", pessoa="F"), sancao(""), sancao("EXFICTICIA")]))
    assert (feita.linhas, feita.ignoradas) == (4, 3)


def test_a_document_that_is_no_cnpj_refuses_the_file_with_its_line() -> None:
    # The rows before it hold a line break each: the number is that of the first line of the row.
    assert recusa("ceis", ceis([sancao("123"), sancao("12", inicio="ontem")])).splitlines() == [
        "Linha 4: “123” não é um CNPJ.",
        "Linha 6: “12” não é um CNPJ.",
    ]
    assert recusa("ceis", ceis([sancao("90000001000129", fim="nunca")])) == (
        "Linha 4: “nunca” não é uma data como 31/12/2026."
    )


def test_the_day_comes_from_the_name_of_the_file_or_from_who_loads_it() -> None:
    sem_nome = replace(cepim([]), nome="lista.csv")
    assert "Informe a data de referência" in recusa("cepim", sem_nome)
    assert "não existe" in recusa("cepim", replace(sem_nome, nome="20261399_CEPIM.csv"))
    assert "diz 24/11/2026" in recusa("cepim", replace(cepim([]), referencia=AMANHA))
    assert carregar("cepim", replace(sem_nome, referencia=DIA)).referencia == DIA


def test_a_list_older_than_the_one_we_have_is_refused(organizacao: Convenente) -> None:
    carregar("cepim", cepim([organizacao.cnpj], AMANHA))
    assert "lista mais nova, de 25/11/2026" in recusa("cepim", cepim([]))


def test_a_list_that_lost_half_of_its_rows_passes_only_when_somebody_confirms_it(
    organizacao: Convenente,
) -> None:
    carregar("cepim", cepim([organizacao.cnpj] * 4))
    curta = cepim([], AMANHA)
    assert "parece incompleto" in recusa("cepim", curta)
    assert carregar("cepim", curta, menor=True).linhas == 1


def test_a_list_with_only_its_header_clears_nobody() -> None:
    vazia = replace(cepim([]), conteudo=cepim([]).conteudo.splitlines(keepends=True)[0])
    assert recusa("cepim", vazia) == "O arquivo só tem o cabeçalho. Baixe-o de novo."


def test_the_same_list_on_another_day_renews_the_answer(organizacao: Convenente) -> None:
    carregar_as_tres()
    carregar("cepim", replace(cepim([]), nome="20261125_CEPIM.csv"))
    carregar("ceis", replace(ceis(), nome="20261125_CEIS.csv"))
    carregar("cnep", replace(ceis(lista="CNEP"), nome="20261125_CNEP.csv"))
    assert ultimo(organizacao, "cepim") == ("sem_restricao", AMANHA, "")
