"""Does the picture open, whole, and without an absurd number of pixels; and its copy without what tells where."""

import warnings
from io import BytesIO
from typing import IO, Any

import pillow_heif
from django.core.files.base import File
from PIL import Image, ImageOps

from documentos.verificacoes.cores import em_papel
from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "imagem", "2"
MEGAPIXELS = 60
QUALIDADE = 92  # of the JPEG copy; 16 bits a point and transparency stay in a PNG
_FORMATOS = ("JPEG", "PNG", "HEIF")
_FINAIS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND"}
_CAUDA = 256 * 1024  # phones write more of their own after the end of the picture

pillow_heif.register_heif_opener()


def inteira(arquivo: "IO[bytes] | File[Any]", midia: str) -> Resultado | None:
    """Return the refusal that header and end of a picture alone call for: too many pixels, or cut. Decodes nothing."""
    final = _FINAIS.get(midia)
    if final is None:
        return None
    tamanho = arquivo.seek(0, 2)
    arquivo.seek(max(tamanho - _CAUDA, 0))
    cortada = final not in arquivo.read(_CAUDA)
    arquivo.seek(0)
    try:
        with _abrir(arquivo) as imagem:
            return _danificada() if cortada else _enorme(imagem)
    except Image.DecompressionBombError:
        return _excesso()
    except Exception:  # noqa: BLE001 - as below
        return _danificada()


def examinar(conteudo: bytes) -> tuple[list[Resultado], bytes | None]:
    """Decode the picture and draw it again: upright, first frame only, without EXIF, position or what was appended.

    Runs in a process of its own (``isolamento``). The copy is JPEG, or PNG where JPEG would lose something.
    """
    try:
        with _abrir(BytesIO(conteudo)) as imagem:
            excesso = _enorme(imagem)
            if excesso is not None:
                return [excesso], None
            imagem.load()
            return [aprovado(NOME, VERSAO)], _recodificar(imagem)
    except Image.DecompressionBombError:  # Pillow's own limit, seen in the header too
        return [_excesso()], None
    except Exception:  # noqa: BLE001 - whatever a decoder raises on hostile bytes means the same to the person
        return [_danificada()], None


def _abrir(arquivo: "IO[bytes] | File[Any]") -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(arquivo, formats=_FORMATOS)


def _recodificar(imagem: Image.Image) -> bytes:
    de_pe, saida = _sem_dados(ImageOps.exif_transpose(imagem)), BytesIO()
    if imagem.format == "PNG":
        de_pe.save(saida, "PNG")
    else:
        em_papel(de_pe).save(saida, "JPEG", quality=QUALIDADE)
    return saida.getvalue()


def _sem_dados(imagem: Image.Image) -> Image.Image:
    """Return the pixels, palette and transparency only."""
    transparencia = imagem.info.get("transparency")
    imagem.info.clear()
    if transparencia is not None:
        imagem.info["transparency"] = transparencia
    return imagem


def _enorme(imagem: Image.Image) -> Resultado | None:
    return _excesso() if imagem.width * imagem.height > MEGAPIXELS * 1_000_000 else None


def _danificada() -> Resultado:
    return reprovado(
        NOME,
        VERSAO,
        "a imagem está danificada ou incompleta.",
        "Tire a foto ou digitalize de novo e envie.",
    )


def _excesso() -> Resultado:
    return reprovado(
        NOME,
        VERSAO,
        f"a imagem tem mais de {MEGAPIXELS} milhões de pontos.",
        "Reduza a resolução da foto ou da digitalização e envie de novo.",
    )
