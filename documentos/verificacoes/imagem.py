"""Does the picture open, whole, and without an absurd number of pixels."""

import warnings
from io import BytesIO

from PIL import Image

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "imagem", "1"
MEGAPIXELS = 60


def verificar(conteudo: bytes) -> Resultado:
    """Decode the whole picture. Runs in a process of its own (``isolamento``)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(conteudo), formats=["JPEG", "PNG"]) as imagem:
                if imagem.width * imagem.height > MEGAPIXELS * 1_000_000:
                    return _enorme()
                imagem.load()
    except Image.DecompressionBombError:  # Pillow's own limit, seen in the header too
        return _enorme()
    except Exception:  # noqa: BLE001 - whatever a decoder raises on hostile bytes means the same to the person
        return reprovado(
            NOME,
            VERSAO,
            "a imagem está danificada ou incompleta.",
            "Tire a foto ou digitalize de novo e envie.",
        )
    return aprovado(NOME, VERSAO)


def _enorme() -> Resultado:
    return reprovado(
        NOME,
        VERSAO,
        f"a imagem tem mais de {MEGAPIXELS} milhões de pontos.",
        "Reduza a resolução da foto ou da digitalização e envie de novo.",
    )
