"""Turn a page of a PDF or a photo into a small picture, marked where it is sensitive.

Everything here runs in a process of its own (``isolamento``): the bytes are what people sent.
"""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

LARGURA = 1100


def desenhar_ou_nada(
    conteudo: bytes, tipo_midia: str, numero: int, marca: bytes | None = None
) -> bytes | None:
    """Return page ``numero`` (from 1) as PNG, or None when it is not there or does not draw.

    ``marca`` is a line (PNG) to be laid all over it.
    """
    try:
        saida = BytesIO()
        _desenhar(conteudo, tipo_midia, numero, marca).save(saida, "PNG")
        return saida.getvalue()
    except Exception:  # noqa: BLE001 - whatever a renderer raises on hostile bytes means the same: no picture
        return None


def copia_marcada(conteudo: bytes, tipo_midia: str, quantas: int, marca: bytes) -> bytes | None:
    """Return the first ``quantas`` pages as a PDF of marked pictures, or None when one of them does not draw."""
    try:
        saida = BytesIO()
        primeira, *outras = (_desenhar(conteudo, tipo_midia, n, marca) for n in range(1, quantas + 1))
        primeira.save(saida, "PDF", save_all=True, append_images=outras, resolution=130)
        return saida.getvalue()
    except Exception:  # noqa: BLE001 - the same
        return None


def _desenhar(conteudo: bytes, tipo_midia: str, numero: int, marca: bytes | None) -> Image.Image:
    imagem = _pagina(conteudo, numero) if tipo_midia == "application/pdf" else _foto(conteudo, numero)
    if imagem.mode.startswith(
        "I"
    ):  # 16 bits a point: the conversion alone would paint all but the darkest white
        imagem = imagem.convert("I").point(lambda ponto: ponto / 256).convert("L")
    imagem.thumbnail((LARGURA, LARGURA * 3))
    return imagem.convert("RGB") if marca is None else _marcar(imagem, marca)


def _marcar(imagem: Image.Image, marca: bytes) -> Image.Image:
    """Lay the line all over the picture, again and again; on a small picture, a smaller line."""
    fundo = imagem.convert("RGBA")
    linha = Image.open(BytesIO(marca), formats=["PNG"])
    linha.thumbnail((fundo.width, fundo.width))
    folha = Image.new("RGBA", (fundo.width + linha.width, fundo.height + 2 * linha.height))
    for y in range(0, fundo.height + linha.height, max(linha.height // 2, 1)):
        for x in range(0, fundo.width, linha.width):
            folha.alpha_composite(linha, (x, y))
    fundo.alpha_composite(folha.crop((0, linha.height, fundo.width, linha.height + fundo.height)))
    return fundo.convert("RGB")


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
