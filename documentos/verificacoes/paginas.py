"""Turn a page of a PDF or a photo into a small picture, marked where it is sensitive.

Everything here runs in a process of its own (``isolamento``): the bytes are what people sent.
"""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

from documentos.verificacoes.cores import em_papel

LARGURA = 1100
LARGURA_DA_MINIATURA = 240
TIPO = "image/webp"  # a scanned page in a quarter of the bytes of a PNG, and in half the time
_COBRE = 0.6  # share of the page


def desenhar_ou_nada(
    conteudo: bytes, tipo_midia: str, numero: int, marca: bytes | None = None, largura: int = LARGURA
) -> bytes | None:
    """Return page ``numero`` (from 1) as WebP, ``largura`` pixels across; None when it is not there or does not draw.

    ``marca`` is a line (PNG) to be laid all over it.
    """
    try:
        saida = BytesIO()
        _marcada(conteudo, tipo_midia, numero, marca, largura).save(saida, "WEBP", quality=80, method=2)
        return saida.getvalue()
    except Exception:  # noqa: BLE001 - whatever a renderer raises on hostile bytes means the same: no picture
        return None


def copia_marcada(conteudo: bytes, tipo_midia: str, quantas: int, marca: bytes) -> bytes | None:
    """Return the first ``quantas`` pages as a PDF of marked pictures, or None when one of them does not draw."""
    try:
        saida = BytesIO()
        primeira, *outras = (_marcada(conteudo, tipo_midia, n, marca) for n in range(1, quantas + 1))
        primeira.save(saida, "PDF", save_all=True, append_images=outras, resolution=130)
        return saida.getvalue()
    except Exception:  # noqa: BLE001 - the same
        return None


def _marcada(
    conteudo: bytes, tipo_midia: str, numero: int, marca: bytes | None, largura: int = LARGURA
) -> Image.Image:
    imagem = imagem_da_pagina(conteudo, tipo_midia, numero, largura)
    return imagem.convert("RGB") if marca is None else _marcar(imagem, marca)


def imagem_da_pagina(conteudo: bytes, tipo_midia: str, numero: int, largura: int = LARGURA) -> Image.Image:
    """Return page ``numero`` (from 1) of a PDF, JPEG or PNG, ``largura`` pixels across at most.

    Raises IndexError when there is no such page, and whatever a renderer raises on hostile bytes.
    """
    imagem = _pagina(conteudo, numero) if tipo_midia == "application/pdf" else _foto(conteudo, numero)
    imagem.thumbnail((largura, largura * 3))
    return imagem


def cobre(objeto: pypdfium2.PdfObject, pagina: pypdfium2.PdfPage) -> bool:
    """Tell whether a picture on the page is what people look at, as in a scan."""
    esquerda, baixo, direita, alto = objeto.get_bounds()
    return bool((direita - esquerda) * (alto - baixo) > _COBRE * pagina.get_width() * pagina.get_height())


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
    return em_papel(ImageOps.exif_transpose(Image.open(BytesIO(conteudo), formats=["JPEG", "PNG"])))
