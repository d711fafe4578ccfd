"""What a picture looks like on paper: white where one sees through it, and its own tones."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from documentos import juncao
from documentos.verificacoes import imagem, paginas
from documentos.verificacoes.cores import em_papel
from tests.documentos import folhas, hostis

BRANCO = (255, 255, 255)
AO_MEIO = (40, 30)


def _vazada(modo: str = "RGBA", formato: str = "PNG", **opcoes: Any) -> bytes:
    """Return a picture that one sees through, black below."""
    saida = BytesIO()
    Image.new(modo, (80, 60)).save(saida, formato, **opcoes)
    return saida.getvalue()


VAZADAS = {
    "colour": _vazada(),
    "grey": _vazada("LA"),
    "palette": _vazada("P", transparency=0),
    "one colour left out": _vazada("RGB", transparency=(0, 0, 0)),
}


def _no_pdf(conteudo: bytes) -> Image.Image:
    junto = juncao.juntar([("a.png", conteudo), ("b.png", conteudo)]).conteudo
    pagina: Image.Image = pypdfium2.PdfDocument(junto)[0].render().to_pil()
    return pagina.convert("RGB")


def _na_previa(conteudo: bytes) -> Image.Image:
    desenho = paginas.desenhar_ou_nada(conteudo, "image/png", 1)
    assert desenho is not None
    return Image.open(BytesIO(desenho))


@pytest.mark.parametrize("conteudo", VAZADAS.values(), ids=VAZADAS)
def test_what_one_sees_through_is_white_in_the_preview_and_in_the_joined_pdf(conteudo: bytes) -> None:
    assert _na_previa(conteudo).getpixel(AO_MEIO) == BRANCO
    pagina = _no_pdf(conteudo)
    assert pagina.getpixel((pagina.width // 2, pagina.height // 2)) == BRANCO


def test_what_one_sees_through_is_white_in_the_copy_of_a_heic() -> None:
    _, copia = imagem.examinar(_vazada(formato="HEIF"))
    assert copia is not None
    assert Image.open(BytesIO(copia)).getpixel(AO_MEIO) == BRANCO


def test_sixteen_bits_keep_their_tone_in_the_joined_pdf() -> None:
    pagina = _no_pdf(hostis.png(50, 40, profundidade=16))
    assert pagina.getpixel((pagina.width // 2, pagina.height // 2)) == pytest.approx((64, 64, 64), abs=2)


@pytest.mark.parametrize("modo", ["1", "P"])
def test_letters_of_two_colours_do_not_break_when_the_page_is_reduced(modo: str) -> None:
    folha = folhas.folha((2480, 3508), modo="1").convert(modo)
    reduzida = _na_previa(folhas.salvar("PNG", folha)).convert("L")
    entre_preto_e_branco = sum(reduzida.histogram()[60:200])
    assert entre_preto_e_branco > 0.01 * reduzida.width * reduzida.height


@pytest.mark.parametrize(
    ("modo", "visto"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("CMYK", "RGB"), ("I;16", "L")]
)
def test_every_way_of_keeping_points_ends_in_grey_or_rgb(modo: str, visto: str) -> None:
    assert em_papel(Image.new(modo, (8, 8))).mode == visto
