"""``manage.py carregar_fonte``: the loader of one file."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from convenentes.models import CargaFonte
from tests.convenentes.fontes.arquivos import DIA, cepim, lote, registro, ultimo

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _relogio(operario) -> Iterator[None]:
    relogio = operario.dados / "hoje"
    relogio.write_text(DIA.isoformat())
    yield
    relogio.unlink()


@pytest.fixture
def arquivo(tmp_path: Path) -> Path:
    caminho = tmp_path / "siafi.csv"
    caminho.write_bytes(lote([(registro(50).cnpj, "normal", f"{DIA:%d/%m/%Y}")]).conteudo)
    return caminho


def rodar(*argumentos: str, stderr: io.StringIO | None = None) -> str:
    saida = io.StringIO()
    call_command("carregar_fonte", *argumentos, stdout=saida, stderr=stderr or io.StringIO())
    return saida.getvalue().strip()


def test_it_loads_a_file_and_says_what_it_did(arquivo: Path) -> None:
    assert rodar("siafi_mg", str(arquivo)) == (
        "SIAFI-MG de 24/11/2026: 1 linha lida, 1 resposta gravada, 0 com restrição."
    )
    assert CargaFonte.objects.get().origem == "comando"
    assert "já tinha sido carregado" in rodar("siafi_mg", str(arquivo))


def test_a_check_writes_nothing(arquivo: Path) -> None:
    assert rodar("siafi_mg", str(arquivo), "--conferir") == (
        "SIAFI-MG de 24/11/2026: o arquivo está em ordem. 1 linha lida, "
        "1 resposta sobre convenentes, 0 com restrição. Nada foi gravado."
    )
    assert not CargaFonte.objects.exists()


def test_a_refused_file_lists_every_reason(tmp_path: Path) -> None:
    ruim = tmp_path / "ruim.csv"
    ruim.write_bytes(lote([("1", "normal", "24/11/2026"), ("2", "normal", "24/11/2026")]).conteudo)
    with pytest.raises(CommandError) as erro:
        rodar("siafi_mg", str(ruim))
    assert str(erro.value).splitlines() == [
        "O arquivo foi recusado e nada mudou.",
        "Linha 2: “1” não é um CNPJ válido.",
        "Linha 3: “2” não é um CNPJ válido.",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Não foi possível ler .*nada\.csv"):
        rodar("siafi_mg", str(tmp_path / "nada.csv"))


def test_the_day_of_a_list_and_its_shrinking_are_said_on_the_line(tmp_path: Path) -> None:
    organizacao = registro(51)
    lista = tmp_path / "lista.csv"
    lista.write_bytes(cepim([organizacao.cnpj] * 4).conteudo)
    rodar("cepim", str(lista), "--referencia", "2026-11-23")
    assert ultimo(organizacao, "cepim") is not None
    lista.write_bytes(cepim([]).conteudo)
    with pytest.raises(CommandError, match="parece incompleto"):
        rodar("cepim", str(lista), "--referencia", "2026-11-24")
    rodar("cepim", str(lista), "--referencia", "2026-11-24", "--aceitar-menor")
    assert CargaFonte.objects.count() == 2


def test_a_bar_is_drawn_on_a_terminal_and_only_there(arquivo: Path) -> None:
    terminal, texto = Terminal(), io.StringIO()
    rodar("siafi_mg", str(arquivo), "--conferir", stderr=terminal)
    rodar("siafi_mg", str(arquivo), "--conferir", stderr=texto)
    assert terminal.getvalue() == f"\rLendo [{'#' * 20}{'.' * 20}]  50 %\rLendo [{'#' * 40}] 100 %\n"
    assert texto.getvalue() == ""
