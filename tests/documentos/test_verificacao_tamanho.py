"""Is the file empty, or too big."""

import pytest

from documentos.verificacoes import tamanho

VINTE_MB = 20 * 1024 * 1024


@pytest.mark.parametrize("bytes_", [1, VINTE_MB])
def test_from_one_byte_to_twenty_megabytes_is_taken(bytes_: int) -> None:
    assert tamanho.verificar(bytes_).situacao == "aprovado"


def test_an_empty_file_is_refused_with_the_remedy() -> None:
    resultado = tamanho.verificar(0)
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "o arquivo está vazio."
    assert "confira e envie de novo" in resultado.conselho


@pytest.mark.parametrize(
    ("bytes_", "dito"),
    [(VINTE_MB + 1, "20,1 MB"), (VINTE_MB + 300_000, "20,3 MB"), (35 * 1024 * 1024, "35,0 MB")],
)
def test_one_byte_more_is_refused_and_never_said_to_be_the_limit(bytes_: int, dito: str) -> None:
    resultado = tamanho.verificar(bytes_)
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == f"o arquivo tem {dito} e o limite é 20 MB."
    assert "menos resolução" in resultado.conselho
    assert "mais de um arquivo" not in resultado.conselho  # a line keeps one
