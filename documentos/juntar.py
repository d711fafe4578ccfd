"""Join photos of pages and PDFs into one PDF, in the order chosen.

It reads bytes of strangers: it runs in a process of its own (``verificacoes.isolamento``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps

from documentos.envio import MAXIMO_DE_UMA_VEZ, MEGA, ArquivoRecusado, nome_limpo
from documentos.verificacoes.imagem import MEGAPIXELS
from documentos.verificacoes.isolamento import Interrompida, isolada

A4 = (595.28, 841.89)  # points, upright
PIXELS = (1654, 2339)  # A4 at 200 dpi
PAGINAS = 200
_ASSINADO = "tem assinatura digital, que se perderia ao juntar. Envie-o sozinho, como foi assinado."


@dataclass(frozen=True)
class Juntado:
    """The PDF, or why there is none."""

    conteudo: bytes = b""
    recusa: str = ""


def em_um(arquivos: Sequence[UploadedFile]) -> UploadedFile:
    """Return one PDF with the pages of all files, named after the first. Raises ArquivoRecusado.

    The name of each file becomes a bookmark at its first page: who reads the PDF sees what it was made of.
    """
    if sum(a.size or 0 for a in arquivos) > MAXIMO_DE_UMA_VEZ:
        limite = MAXIMO_DE_UMA_VEZ // MEGA
        raise ArquivoRecusado([f"Os arquivos somam mais de {limite} MB. Digitalize com menos resolução."])
    partes = [(nome_limpo(a.name or ""), a.read()) for a in arquivos]
    try:
        juntado = isolada(juntar, partes)
    except Interrompida:
        juntado = Juntado(
            recusa="Os arquivos são complexos demais para juntar. Junte-os no seu aparelho e envie um PDF."
        )
    if juntado.recusa:
        raise ArquivoRecusado([juntado.recusa])
    nome = f"{PurePath(partes[0][0]).stem} e mais {len(partes) - 1}.pdf"
    return SimpleUploadedFile(nome, juntado.conteudo, "application/pdf")


def juntar(partes: Sequence[tuple[str, bytes]]) -> Juntado:
    """Make one PDF of the named files. Runs in a process of its own."""
    saida = pikepdf.new()
    marcadores = []
    for nome, conteudo in partes:
        marcadores.append(pikepdf.OutlineItem(nome, len(saida.pages)))
        try:
            if conteudo.startswith(b"%PDF-"):
                recusa = _acrescentar_pdf(saida, conteudo)
            else:
                recusa = _acrescentar_foto(saida, conteudo)
        except pikepdf.PasswordError:
            recusa = "está protegido por senha. Abra-o, escolha Imprimir → Salvar como PDF e envie a cópia."
        except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes means the same to the person
            recusa = (
                "não pôde ser lido. Envie PDF, JPEG ou PNG; se for um deles, gere o arquivo de novo e envie."
            )
        if not recusa and len(saida.pages) > PAGINAS:
            recusa = f"passa de {PAGINAS} páginas com os anteriores. Envie só as páginas que interessam."
        if recusa:
            return Juntado(recusa=f"{nome} {recusa}")
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
    return any(isinstance(o, pikepdf.Dictionary) and "/ByteRange" in o for o in aberto.objects) or any(
        isinstance(o, pikepdf.Dictionary)
        and isinstance(o.get("/V"), pikepdf.Dictionary)
        and "/ByteRange" in o.V
        for o in aberto.objects
    )


def _acrescentar_foto(saida: pikepdf.Pdf, conteudo: bytes) -> str:
    """Add a page of A4, upright or lying as the picture is, with the picture as large as it fits."""
    with Image.open(BytesIO(conteudo), formats=["JPEG", "PNG"]) as imagem:
        if imagem.width * imagem.height > MEGAPIXELS * 1_000_000:
            return f"tem mais de {MEGAPIXELS} milhões de pontos. Reduza a resolução e envie de novo."
        direita = ImageOps.exif_transpose(imagem).convert("RGB")
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
