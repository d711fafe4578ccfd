"""What a picture looks like on paper, whatever way its points are kept."""

from PIL import Image


def em_papel(imagem: Image.Image) -> Image.Image:
    """Return the picture in 8 bits a point, grey or RGB, with white where one sees through it.

    Pillow alone paints all but the darkest of 16 bits white, and what is transparent black; and it halves pictures of
    two colours or of a palette by leaving points out, so that letters break.
    """
    if imagem.mode.startswith("I"):
        return imagem.convert("I").point(lambda ponto: ponto / 256).convert("L")
    if imagem.has_transparency_data:
        folha = Image.new("RGBA", imagem.size, "white")
        folha.alpha_composite(imagem.convert("RGBA"))
        return folha.convert("RGB")
    return imagem.convert("L" if imagem.mode in {"1", "L"} else "RGB")
