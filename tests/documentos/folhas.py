"""Pages of text as pictures, as scanners and phones make them."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

A4 = (1240, 1754)  # 150 dpi
_LINHA = "Certidão de débitos relativos a créditos tributários federais e à dívida ativa da União"


def folha(tamanho: tuple[int, int] = A4, *, desfoque: float = 0.7, modo: str = "L") -> Image.Image:
    """Return a page: not quite white, not quite sharp; ``desfoque`` is the radius of the blur in pixels."""
    pagina = Image.new("L", A4, "#eceae4")
    desenho = ImageDraw.Draw(pagina)
    for linha in range(40):
        desenho.text((120, 120 + linha * 36), _LINHA, "#222222", font_size=24)
    return pagina.resize(tamanho).filter(ImageFilter.GaussianBlur(desfoque)).convert(modo)


def salvar(formato: str, *paginas: Image.Image, **opcoes: Any) -> bytes:
    """Return the bytes of a picture, or of a PDF of them."""
    saida = BytesIO()
    if formato == "PDF":
        opcoes |= {"save_all": True, "append_images": paginas[1:], "resolution": 150}
    paginas[0].save(saida, formato, **opcoes)
    return saida.getvalue()
