"""Advice on pages that are hard to read. It assists; it never refuses."""

import pytest
from PIL import Image

from documentos import fabricas
from documentos.verificacoes import legibilidade
from tests.documentos import hostis
from tests.documentos.folhas import A4, folha, salvar


def _ditos(formato: str, *paginas: Image.Image) -> list[tuple[str, str]]:
    midia = "application/pdf" if formato == "PDF" else f"image/{formato.lower()}"
    return [(r.situacao, r.detalhe) for r in legibilidade.verificar(salvar(formato, *paginas), midia)]


@pytest.mark.parametrize("formato", ["PDF", "JPEG", "PNG"])
def test_a_sharp_page_is_approved(formato: str) -> None:
    assert _ditos(formato, folha()) == [("aprovado", "")]


@pytest.mark.parametrize(("formato", "onde"), [("PDF", "a página 1"), ("JPEG", "a foto")])
def test_a_blurred_page_is_told(formato: str, onde: str) -> None:
    assert _ditos(formato, folha(desfoque=5)) == [("atencao", f"{onde} está sem nitidez.")]


@pytest.mark.parametrize(("formato", "onde"), [("PDF", "a página 1"), ("PNG", "a foto")])
def test_a_coarse_page_is_told(formato: str, onde: str) -> None:
    pequena = folha((500, 707))
    assert _ditos(formato, pequena) == [
        ("atencao", f"{onde} está com poucos pontos para ler as letras pequenas.")
    ]


def test_the_pages_of_a_scan_are_told_apart() -> None:
    branca, borrada = Image.new("L", A4, "white"), folha(desfoque=5)
    assert _ditos("PDF", folha(), branca, borrada, branca, branca) == [
        ("atencao", "as páginas 2, 4 e 5 estão em branco."),
        ("atencao", "a página 3 está sem nitidez."),
    ]


def test_text_that_a_program_wrote_is_sharp() -> None:
    (dito,) = legibilidade.verificar(fabricas.pdf("Certidão", 3), "application/pdf")
    assert dito.situacao == "aprovado"


def test_a_page_without_anything_is_blank() -> None:
    (dito,) = legibilidade.verificar(hostis.salvar(hostis.pdf_em_branco()), "application/pdf")
    assert (dito.situacao, dito.detalhe) == ("atencao", "a página 1 está em branco.")
    assert dito.conselho
