"""Turn a page of a PDF or a photo into a small picture, for the review desk."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

LARGURA = 1100


def desenhar_ou_nada(conteudo: bytes, tipo_midia: str, numero: int) -> bytes | None:
    """Return page ``numero`` (from 1) as PNG, or None when it is not there or does not draw.

    Runs in a process of its own.
    """
    try:
        return _desenhar(conteudo, tipo_midia, numero)
    except Exception:  # noqa: BLE001 - whatever a renderer raises on hostile bytes means the same: no picture
        return None


def _desenhar(conteudo: bytes, tipo_midia: str, numero: int) -> bytes:
    imagem = _pagina(conteudo, numero) if tipo_midia == "application/pdf" else _foto(conteudo, numero)
    if imagem.mode.startswith(
        "I"
    ):  # 16 bits a point: the conversion alone would paint all but the darkest white
        imagem = imagem.convert("I").point(lambda ponto: ponto / 256).convert("L")
    imagem.thumbnail((LARGURA, LARGURA * 3))
    saida = BytesIO()
    imagem.convert("RGB").save(saida, "PNG")
    return saida.getvalue()


def _pagina(conteudo: bytes, numero: int) -> Image.Image:
    documento = pypdfium2.PdfDocument(conteudo)
    if not 1 <= numero <= len(documento):
        raise IndexError(numero)
    pagina = documento[numero - 1]
    imagem: Image.Image = pagina.render(scale=min(LARGURA / pagina.get_width(), 3)).to_pil()
    return imagem


def _foto(conteudo: bytes, numero: int) -> Image.Image:
    if numero != 1:
        raise IndexError(numero)
    return ImageOps.exif_transpose(Image.open(BytesIO(conteudo), formats=["JPEG", "PNG"]))
