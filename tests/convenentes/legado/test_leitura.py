"""How an export may be written: encodings, separators, archives, and rows that are no rows."""

import shutil
from pathlib import Path

import pytest

from contas.fabricas import cpf_ficticio
from contas.models import Usuario
from convenentes.fabricas import cnpj_ficticio
from convenentes.legado.leitura import LegadoRecusado, abrir
from convenentes.models import Convenente, LinhaLegado

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("codificacao", ["utf-8", "utf-8-sig", "latin-1"])
def test_accents_come_whole_in_each_encoding(escrever, carregar, codificacao: str) -> None:
    carregar(escrever(codificacao))
    assert Convenente.objects.get().razao_social == "Associação São João"
    assert Usuario.objects.get().nome_civil == "Maria José da Conceição"


def test_commas_and_quotes_separate_too(escrever, carregar) -> None:
    carregar(escrever(pessoas=f'cpf,nome,email\n{cpf_ficticio(1)},"Maria Souza",m@example.org\n'))
    assert Usuario.objects.get().nome_civil == "Maria Souza"


@pytest.mark.parametrize(("formato", "fim"), [("zip", "zip"), ("gztar", "tar.gz")])
def test_an_archive_is_read_like_its_folder(
    escrever, carregar, tmp_path: Path, formato: str, fim: str
) -> None:
    pasta = escrever()
    shutil.make_archive(str(tmp_path / "pacote"), formato, pasta.parent, pasta.name)
    carregar(tmp_path / f"pacote.{fim}")
    assert Convenente.objects.get().numero == 77


def test_a_bad_row_never_stops_nor_swallows_the_others(escrever, carregar) -> None:
    ruins = f'"sem fim;x;y\n;;\n\n{cpf_ficticio(2)};so duas\n{cpf_ficticio(3)};Ana Prates;a@example.org\n'
    carregar(escrever(pessoas=f"cpf;nome;email\n{ruins}{cpf_ficticio(1)};Maria José;m@example.org"))
    linhas = LinhaLegado.objects.filter(arquivo="pessoas").values_list("linha", "resultado", "motivo")
    assert list(linhas) == [
        (2, "rejeitada", "Há aspas sem fechar."),
        (3, "rejeitada", "cpf: falta preencher. nome: falta preencher."),
        (5, "rejeitada", "A linha tem 2 colunas e o cabeçalho tem 3."),
        (6, "importada", ""),
        (7, "importada", ""),
    ]


def test_without_an_obligatory_column_nothing_is_read(escrever) -> None:
    pasta = escrever(pessoas="cpf;email\n", vinculos="cnpj;cpf\n")
    with pytest.raises(LegadoRecusado) as recusa, abrir(pasta):
        pass
    assert str(recusa.value).splitlines() == [
        "pessoas.csv: falta a coluna nome.",
        "vinculos.csv: falta a coluna papel.",
        "vinculos.csv: falta a coluna inicio.",
    ]


def test_zeros_that_a_spreadsheet_took_come_back_and_before_and_after_are_kept(escrever, carregar) -> None:
    cpf = "01234567890"
    carregar(escrever(pessoas=f"cpf;nome;email\n{cpf.lstrip('0')};  Ana   Prates ;ANA@Example.org\n"))
    assert Usuario.objects.get().cpf == cpf
    assert LinhaLegado.objects.get(arquivo="pessoas").mudancas == {
        "cpf": ["1234567890", cpf],
        "nome": ["Ana   Prates", "Ana Prates"],
        "email": ["ANA@Example.org", "ana@example.org"],
    }


def test_a_dead_natureza_enters_by_the_code_that_the_office_chose(escrever, carregar) -> None:
    pasta = escrever(
        convenentes="cnpj;numero;razao_social;natureza;tipo;municipio;situacao\n"
        f"{cnpj_ficticio(1)};77;Associação;302-6;osc;3106200;REGULAR\n"
    )
    (pasta / "naturezas.csv").write_text("antiga;atual\n302-6;399-9\n")
    carregar(pasta)
    assert Convenente.objects.get().natureza.codigo == "3999"
    assert LinhaLegado.objects.get(arquivo="convenentes").mudancas == {"natureza": ["302-6", "3999"]}
