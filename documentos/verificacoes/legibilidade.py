"""Can a person read the pages: enough points across each, sharp, not blank. It advises; it never refuses.

Text that a program wrote is always sharp: only pages that are pictures, or have no text, are looked at. Sharpness is
the variance of the Laplacian. Runs in a process of its own (``isolamento``).
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from documentos.verificacoes.paginas import cobre, imagem_da_pagina
from documentos.verificacoes.resultado import Resultado, aprovado, atencao

NOME, VERSAO = "legibilidade", "1"
PAGINAS = 10  # looked at; the rest of a long scan is like its beginning
MENOR_LADO = 700  # pixels: an A4 page at some 85 dpi, on which small print is lost
NITIDEZ_MINIMA = 40.0  # good pages measure hundreds; the same limit as for the selfie
CONTRASTE_MINIMO = 3.0  # standard deviation of the greys; one line of text on a page measures more
_BRANCA, _GROSSEIRA, _BORRADA = "em branco", "com poucos pontos para ler as letras pequenas", "sem nitidez"
_CONSELHOS = {
    _BRANCA: "Confira se não falta nada e, se for só o verso em branco, deixe-o de fora.",
    _GROSSEIRA: "Digitalize de novo com 300 dpi, ou tire a foto mais de perto.",
    _BORRADA: "Digitalize de novo, ou limpe a lente, apoie o celular e tire outra foto.",
}


def verificar(conteudo: bytes, midia: str) -> list[Resultado]:
    """Return one result for each thing that the pages may do better, or a single approval.

    Raises whatever a decoder raises on hostile bytes.
    """
    defeitos = list(_do_pdf(conteudo) if midia == "application/pdf" else _da_foto(conteudo, midia))
    conselhos = [
        atencao(NOME, VERSAO, f"{_onde(paginas, midia)} {defeito}.", _CONSELHOS[defeito])
        for defeito in _CONSELHOS
        if (paginas := [numero for numero, dito in defeitos if dito == defeito])
    ]
    return conselhos or [aprovado(NOME, VERSAO)]


def _onde(paginas: list[int], midia: str) -> str:
    if midia != "application/pdf":
        return "a foto está"
    if len(paginas) == 1:
        return f"a página {paginas[0]} está"
    *antes, ultima = paginas
    return f"as páginas {', '.join(map(str, antes))} e {ultima} estão"


def _da_foto(conteudo: bytes, midia: str) -> Iterator[tuple[int, str]]:
    with Image.open(BytesIO(conteudo), formats=["JPEG", "PNG"]) as foto:
        lado = min(foto.size)
    yield 1, _defeito(imagem_da_pagina(conteudo, midia, 1), lado)


def _do_pdf(conteudo: bytes) -> Iterator[tuple[int, str]]:
    with pypdfium2.PdfDocument(conteudo) as documento:
        for numero in range(1, min(len(documento), PAGINAS) + 1):
            pagina = documento[numero - 1]
            lado = _menor_lado(pagina)
            if lado or not pagina.get_textpage().count_chars():
                yield numero, _defeito(imagem_da_pagina(conteudo, "application/pdf", numero), lado)


def _menor_lado(pagina: pypdfium2.PdfPage) -> int:
    """Return the pixels across the picture that takes the page, as in a scan; 0 without one."""
    for objeto in pagina.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if cobre(objeto, pagina):
            return int(min(objeto.get_px_size()))
    return 0


def _defeito(imagem: Image.Image, lado: int) -> str:
    """Return what is wrong with a page whose picture is ``lado`` pixels across (0: it is drawn), the worst first."""
    cinza: np.ndarray[Any, np.dtype[Any]] = np.asarray(imagem.convert("L"))
    if float(cinza.std()) < CONTRASTE_MINIMO:
        return _BRANCA
    if not lado:
        return ""
    if lado < MENOR_LADO:
        return _GROSSEIRA
    return _BORRADA if float(cv2.Laplacian(cinza, cv2.CV_64F).var()) < NITIDEZ_MINIMA else ""
