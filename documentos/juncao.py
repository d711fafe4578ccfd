"""The pages of several files in one PDF.

It reads bytes of strangers, so it runs in a process of its own (``verificacoes.isolamento``), which has no Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

from documentos.verificacoes.cores import em_papel
from documentos.verificacoes.imagem import MEGAPIXELS

A4 = (595.28, 841.89)  # points, upright
PIXELS = (1654, 2339)  # A4 at 200 dpi
PAGINAS = 200
_ASSINADO = "tem assinatura digital, que se perderia ao juntar. Envie-o sozinho, como foi assinado."


@dataclass(frozen=True)
class Juntado:
    """The PDF, or why there is none and because of which part."""

    conteudo: bytes = b""
    recusa: str = ""
    parte: int | None = None


def juntar(partes: Sequence[tuple[str, bytes]]) -> Juntado:
    """Make one PDF of the named files. Runs in a process of its own."""
    saida = pikepdf.new()
    marcadores = []
    for parte, (nome, conteudo) in enumerate(partes):
        marcadores.append(pikepdf.OutlineItem(nome, len(saida.pages)))
        try:
            if conteudo.startswith(b"%PDF-"):
                recusa = _acrescentar_pdf(saida, conteudo)
            else:
                recusa = _acrescentar_foto(saida, conteudo)
        except pikepdf.PasswordError:
            recusa = "está protegido por senha. Abra-o, escolha Imprimir → Salvar como PDF e envie a cópia."
        except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes means the same to the person
            recusa = "não pôde ser lido. Envie PDF, JPEG, PNG ou HEIC; se for um deles, gere o arquivo de novo e envie."
        if not recusa and len(saida.pages) > PAGINAS:
            recusa = f"passa de {PAGINAS} páginas com os anteriores. Envie só as páginas que interessam."
        if recusa:
            return Juntado(recusa=f"{nome} {recusa}", parte=parte)
    with saida.open_outline() as sumario:
        sumario.root.extend(marcadores)
    destino = BytesIO()
    saida.save(destino, deterministic_id=True)
    return Juntado(destino.getvalue())


def _acrescentar_pdf(saida: pikepdf.Pdf, conteudo: bytes) -> str:
    with pikepdf.open(BytesIO(conteudo), suppress_warnings=True) as aberto:
        if aberto.is_encrypted:
            raise pikepdf.PasswordError
        if _assinado(aberto):
            return _ASSINADO
        saida.pages.extend(aberto.pages)
    return ""


def _assinado(aberto: pikepdf.Pdf) -> bool:
    """Tell whether a signature covers bytes of the file: any change of them would break it."""
    dicionarios = [o for o in aberto.objects if isinstance(o, pikepdf.Dictionary)]
    valores = [d.get("/V") for d in dicionarios]  # a signature may be written inside its field
    return any(
        "/ByteRange" in d for d in (*dicionarios, *(v for v in valores if isinstance(v, pikepdf.Dictionary)))
    )


def _acrescentar_foto(saida: pikepdf.Pdf, conteudo: bytes) -> str:
    """Add a page of A4, upright or lying as the picture is, with the picture as large as it fits."""
    with Image.open(BytesIO(conteudo), formats=["JPEG", "PNG", "HEIF"]) as imagem:
        if imagem.width * imagem.height > MEGAPIXELS * 1_000_000:
            return f"tem mais de {MEGAPIXELS} milhões de pontos. Reduza a resolução e envie de novo."
        direita = em_papel(ImageOps.exif_transpose(imagem)).convert("RGB")
    deitada = direita.width > direita.height
    direita.thumbnail(PIXELS[::-1] if deitada else PIXELS)
    largura, altura = A4[::-1] if deitada else A4
    escala = min(largura / direita.width, altura / direita.height)
    lado, pe = direita.width * escala, direita.height * escala
    jpeg = BytesIO()
    direita.save(jpeg, "JPEG", quality=85)
    figura = pikepdf.Stream(
        saida,
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=direita.width,
        Height=direita.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    pagina = saida.add_blank_page(page_size=(largura, altura))
    pagina.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=figura))
    onde = f"{lado:.2f} 0 0 {pe:.2f} {(largura - lado) / 2:.2f} {(altura - pe) / 2:.2f} cm"
    pagina.Contents = saida.make_stream(f"q {onde} /Foto Do Q".encode())
    return ""
