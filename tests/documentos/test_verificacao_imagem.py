"""Does the picture open, whole, and without an absurd number of pixels."""

from io import BytesIO

import pytest
from PIL import Image

from documentos.verificacoes import imagem
from documentos.verificacoes.resultado import Resultado
from tests.documentos import hostis


def _girada() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return hostis.imagem(exif=exif)


def _animada() -> bytes:
    quadro = Image.new("RGB", (80, 60), "red")
    return hostis.imagem(formato="PNG", save_all=True, append_images=[quadro])


def _dito(conteudo: bytes) -> Resultado:
    (resultado,), _ = imagem.examinar(conteudo)
    return resultado


BOAS = {
    "JPEG": hostis.imagem(),
    "JPEG of a printing house": hostis.imagem("CMYK"),
    "grey JPEG": hostis.imagem("L"),
    "progressive JPEG": hostis.imagem(progressive=True),
    "JPEG held sideways": _girada(),
    "PNG": hostis.imagem(formato="PNG"),
    "PNG with transparency": hostis.imagem("RGBA", formato="PNG"),
    "PNG with a palette": hostis.imagem("P", formato="PNG"),
    "PNG of 1 bit": hostis.imagem("1", formato="PNG"),
    "PNG of 16 bits": hostis.png(50, 40, profundidade=16),
    "interlaced PNG": hostis.png(1, 1, entrelacado=True),
    "animated PNG": _animada(),
}


@pytest.mark.parametrize("conteudo", BOAS.values(), ids=BOAS)
def test_every_ordinary_picture_passes(conteudo: bytes) -> None:
    assert _dito(conteudo).situacao == "aprovado"


def test_a_picture_at_the_limit_passes() -> None:
    saida = BytesIO()
    Image.new("1", (10_000, 6_000)).save(saida, "PNG")
    assert _dito(saida.getvalue()).situacao == "aprovado"


@pytest.mark.parametrize("lado", [8_000, 12_000, 15_000, 50_000])
def test_a_flood_of_pixels_is_refused_from_the_header_before_it_is_decoded(lado: int) -> None:
    # There is no pixel behind the header: had it been decoded, it would be a damaged picture.
    resultado = _dito(hostis.png(lado, lado))
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "a imagem tem mais de 60 milhões de pontos."
    assert "Reduza a resolução" in resultado.conselho


@pytest.mark.parametrize("formato", ["JPEG", "PNG"])
@pytest.mark.parametrize("parte", [0.2, 0.6, 0.9])
def test_a_picture_cut_in_the_middle_is_refused(formato: str, parte: float) -> None:
    inteira = hostis.imagem(tamanho=(400, 400), formato=formato)
    resultado = _dito(inteira[: int(len(inteira) * parte)])
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "a imagem está danificada ou incompleta."
    assert "Tire a foto ou digitalize de novo" in resultado.conselho


@pytest.mark.parametrize("formato", ["GIF", "BMP", "TIFF", "WEBP"])
def test_only_the_decoders_that_are_needed_ever_run(formato: str) -> None:
    assert _dito(hostis.imagem(formato=formato)).situacao == "reprovado"


def test_a_damaged_checksum_is_refused() -> None:
    boa = hostis.png(20, 20)
    ruim = boa.replace(b"IDAT", b"IDAT", 1)[:-20] + b"\0\0\0\0" + boa[-16:]
    assert _dito(ruim).situacao == "reprovado"
