"""What a full check of a file costs, in CPU time, against one plain pass of the same libraries in the same run.

The check runs in this process: the fork of its own costs the same for every file and is not what is measured.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from textwrap import wrap

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from bench.regra import dizer
from documentos import fabricas
from documentos.verificacoes import legibilidade, lido, pdf, selfie
from tests.documentos.certidoes import CND

PAGINAS = 10
VEZES = 7


def medir() -> None:
    """Print both ratios: certificate and photo with the identity document."""
    certidao = fabricas.pdf(
        "\n".join(parte for linha in CND.splitlines() for parte in wrap(linha, 60)), PAGINAS
    )
    lida = _razao(lambda: _verificar(certidao), lambda: _ler_sem_mais(certidao))
    dizer("verificar-certidao", lida, 4)
    dizer("verificar-selfie", max(_da_foto(foto) for foto in _fotos()), 2)


def _fotos() -> Iterator[bytes]:
    """A good photo of 6 MP, the same upside down, and one without faces, in which every pass is made."""
    retrato = Image.open(BytesIO(fabricas.foto())).resize((2200, 2750))
    for imagem in (retrato, retrato.rotate(180), Image.new("RGB", retrato.size, "#808080")):
        saida = BytesIO()
        imagem.save(saida, "JPEG", quality=85)
        yield saida.getvalue()


def _da_foto(foto: bytes) -> float:
    return _razao(lambda: selfie.verificar(foto), lambda: _procurar_uma_vez(foto))


def _verificar(conteudo: bytes) -> None:
    pdf.examinar(conteudo)
    legibilidade.verificar(conteudo, "application/pdf")
    lido.ler(conteudo, [])


def _ler_sem_mais(conteudo: bytes) -> None:
    """All of its text and the picture of the first page."""
    with pypdfium2.PdfDocument(conteudo) as documento:
        for pagina in documento:
            pagina.get_textpage().get_text_bounded()
        documento[0].render(scale=1100 / 595).to_pil()


def _procurar_uma_vez(conteudo: bytes) -> None:
    """One detection at 1280 px."""
    foto = cv2.imdecode(np.frombuffer(conteudo, np.uint8), cv2.IMREAD_COLOR)
    assert foto is not None
    selfie._rostos(selfie._reduzir(foto, 1280))


def _razao(feito: Callable[[], object], referencia: Callable[[], None]) -> float:
    """Return the median of the ratios of CPU time, taken in turns so that both see the same machine."""
    feito()
    referencia()
    return statistics.median(_cpu(feito) / _cpu(referencia) for _ in range(VEZES))


def _cpu(funcao: Callable[[], object]) -> float:
    inicio = time.process_time()
    funcao()
    return time.process_time() - inicio
