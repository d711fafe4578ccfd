"""The text of a PDF, and whether a person who looks at the page sees it too.

Runs in a process of its own (``isolamento``).
"""

import ctypes
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from documentos.verificacoes.paginas import cobre

PAGINAS = 20
CARACTERES = 60_000
_INVISIVEL = 3  # text render mode: neither filled nor stroked
_QUASE_BRANCO = 235
_CORPO_MINIMO = 3.0  # points
_OBJETOS = 5_000


@dataclass(frozen=True)
class Texto:
    """What is written, as it comes. ``a_vista`` is false when some of it is hidden: painted white, tiny, or under or
    over a picture of the whole page, as in a scan that a program has read."""

    conteudo: str
    a_vista: bool


def extrair(pdf: pypdfium2.PdfDocument) -> Texto:
    """Return the text of the first ``PAGINAS`` pages, no longer than ``CARACTERES``."""
    partes, a_vista, restam = [], True, CARACTERES
    for numero in range(min(len(pdf), PAGINAS)):
        pagina = pdf[numero]
        texto = pagina.get_textpage().get_text_bounded()[:restam]
        restam -= len(texto)
        partes.append(texto)
        a_vista = a_vista and not (texto.strip() and _esconde(pagina))
        if restam <= 0:
            break
    return Texto("\n".join(partes), a_vista)


def normalizar(texto: str) -> str:
    """Return the text in capitals without accents, ligatures or soft hyphens, with single spaces between words."""
    aberto = unicodedata.normalize("NFKD", texto.replace("\u00ad", "").replace("\ufffe", ""))
    sem_acento = "".join(c for c in aberto if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", sem_acento.upper()).strip()


def _esconde(pagina: pypdfium2.PdfPage) -> bool:
    for quantos, objeto in enumerate(pagina.get_objects(max_depth=3)):
        if quantos >= _OBJETOS:
            return True
        if objeto.type == raw.FPDF_PAGEOBJ_IMAGE:
            if cobre(objeto, pagina):
                return True
        elif objeto.type == raw.FPDF_PAGEOBJ_TEXT and _disfarcado(objeto):
            return True
    return False


def _disfarcado(objeto: pypdfium2.PdfObject) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(objeto) == _INVISIVEL:
        return True
    _, baixo, _, alto = objeto.get_bounds()
    cores = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(objeto, *(ctypes.byref(cor) for cor in cores))
    claro = min(cor.value for cor in cores[:3]) >= _QUASE_BRANCO
    corpo = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(objeto, ctypes.byref(corpo))
    escala = abs(objeto.get_matrix().d) or abs(objeto.get_matrix().b)
    escrito = alto - baixo > 0  # blanks have no height, and no colour that matters
    return escrito and (claro or cores[3].value < 40 or corpo.value * escala < _CORPO_MINIMO)
