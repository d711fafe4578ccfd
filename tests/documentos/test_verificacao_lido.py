"""What a program reads in a whole PDF: only what a person sees on the page is sure."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from documentos.verificacoes import lido
from documentos.verificacoes.isolamento import isolada
from tests.documentos import assinantes, certidoes, hostis


def _com_comandos(antes: bytes, depois: bytes = b"") -> bytes:
    """The certificate with PDF commands written before and after its text."""
    with pikepdf.open(BytesIO(certidoes.em_pdf(certidoes.CND))) as documento:
        pagina = documento.pages[0]
        pagina.Contents = documento.make_stream(antes + b"\n" + pagina.Contents.read_bytes() + b"\n" + depois)
        return hostis.salvar(documento)


def _digitalizado(texto: bytes = b"") -> bytes:
    """A picture of the whole page, as a scanner makes, and text over it."""
    imagem = BytesIO()
    Image.new("RGB", (595, 842), "white").save(imagem, "PDF", resolution=72)
    with pikepdf.open(imagem) as documento:
        pagina = documento.pages[0]
        fonte = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pagina.Resources.Font = pikepdf.Dictionary(F1=fonte)
        pagina.contents_add(documento.make_stream(b"BT /F1 12 Tf 50 700 Td (" + texto + b") Tj ET"))
        return hostis.salvar(documento)


@pytest.mark.parametrize("especie", certidoes.TODAS)
def test_a_certificate_is_read_from_its_pdf(especie: str) -> None:
    visto = isolada(lido.ler, certidoes.em_pdf(certidoes.TODAS[especie]), [])
    assert visto.certidao is not None
    assert (visto.certidao.especie, visto.tem_texto, visto.a_vista) == (especie, True, True)


def test_a_scan_has_no_text() -> None:
    visto = lido.ler(_digitalizado(), [])
    assert (visto.tem_texto, visto.certidao) == (False, None)


def test_text_laid_over_a_picture_of_the_page_is_not_sure() -> None:
    visto = lido.ler(_digitalizado(b"CERTIFICADO DE REGULARIDADE DO FGTS"), [])
    assert (visto.tem_texto, visto.a_vista) == (True, False)


@pytest.mark.parametrize(
    "disfarce",
    [b"1 1 1 rg", b"0.97 0.97 0.97 rg", b"3 Tr", b"0.1 0 0 0.1 0 0 cm"],
    ids=["white", "pale", "invisible", "tiny"],
)
def test_hidden_text_is_not_sure(disfarce: bytes) -> None:
    visto = lido.ler(_com_comandos(disfarce), [])
    assert (visto.tem_texto, visto.a_vista) == (True, False)


def test_a_small_logo_hides_nothing() -> None:
    assert lido.ler(_com_comandos(b"", b"0 0 1 rg 10 10 20 20 re f"), []).a_vista


def test_signatures_are_told_with_the_text() -> None:
    assinado = assinantes.assinar(certidoes.em_pdf(certidoes.CND), assinantes.pessoa())
    visto = isolada(lido.ler, assinado, [assinantes.raiz(assinantes.autoridade())])
    assert visto.certidao is not None
    assert [a.confiavel for a in visto.assinaturas] == [True]
