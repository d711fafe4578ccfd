"""Small real files for tests, the demonstration and measurements. Everybody in them is fictional."""

from functools import cache
from io import BytesIO
from mimetypes import guess_type

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from documentos import exame
from documentos.models import Arquivo, Obtencao, TipoDocumento


@cache
def pdf(texto: str, paginas: int = 1) -> bytes:
    """Return a PDF that opens, with ``texto`` readable on each page."""
    documento = pikepdf.new()
    fonte = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for numero in range(1, paginas + 1):
        pagina = documento.add_blank_page(page_size=(595, 842))
        pagina.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=fonte))
        pagina.Contents = documento.make_stream(_desenho(texto, numero, paginas))
    saida = BytesIO()
    documento.save(saida, deterministic_id=True)
    return saida.getvalue()


def _desenho(texto: str, numero: int, paginas: int) -> bytes:
    linhas = [
        *texto.splitlines(),
        "",
        "Documento fictício, feito para demonstração.",
        f"Página {numero} de {paginas}",
    ]
    comandos = ["BT /F1 14 Tf 20 TL 60 760 Td"]
    for linha in linhas:
        seguro = linha.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        comandos.append(f"({seguro}) Tj T*")
    comandos.append("ET")
    return "\n".join(comandos).encode("cp1252", "replace")


@cache
def foto(formato: str = "JPEG") -> bytes:
    """Return a picture that opens: a drawn person who holds a drawn identity card."""
    imagem = Image.new("RGB", (640, 800), "#cfd8e3")
    desenho = ImageDraw.Draw(imagem)
    desenho.rectangle((200, 440, 440, 800), fill="#2a4d6e")
    rosto(desenho, 320, 330, 60)
    desenho.rectangle((360, 560, 620, 730), fill="#f3f0e2", outline="#555555", width=3)
    rosto(desenho, 425, 640, 45)
    for linha in range(4):
        desenho.line((490, 600 + linha * 28, 605, 600 + linha * 28), fill="#555555", width=4)
    saida = BytesIO()
    imagem.save(saida, formato, quality=85)
    return saida.getvalue()


def rosto(desenho: ImageDraw.ImageDraw, x: int, y: int, raio: int) -> None:
    """Draw a face that the detector of ``verificacoes.selfie`` takes for one, in pixels around its centre."""
    desenho.ellipse((x - raio, y - raio * 1.25, x + raio, y + raio * 1.25), fill="#c99a74")
    desenho.chord((x - raio, y - raio * 1.3, x + raio, y + raio * 0.4), 180, 360, fill="#3b2a1e")
    for lado in (-1, 1):
        olho = x + lado * raio * 0.4
        desenho.ellipse((olho - raio * 0.12, y, olho + raio * 0.12, y + raio * 0.15), fill="#1c1c1c")
    desenho.arc(
        (x - raio * 0.4, y + raio * 0.3, x + raio * 0.4, y + raio * 0.8), 20, 160, fill="#7c3f2f", width=4
    )


def enviado(nome: str, conteudo: bytes) -> SimpleUploadedFile:
    """Return the bytes as a form delivers them."""
    return SimpleUploadedFile(nome, conteudo, guess_type(nome)[0] or "application/octet-stream")


def examinar(*arquivos: Arquivo) -> None:
    """Examine files now, or wait for the worker that is doing so."""
    de_agora = Arquivo.objects.filter(pk__in=[a.pk for a in arquivos], estado__in=Arquivo.Estado.em_aberto())
    while abertos := list(de_agora.values_list("pk", flat=True)):
        for pk in abertos:
            exame.examinar(pk)


def arquivo_do_tipo(tipo: TipoDocumento, titular: str) -> SimpleUploadedFile:
    """Return a file that this kind of document takes, in the name of ``titular``."""
    if tipo.obtencao == Obtencao.SELFIE:
        return enviado("selfie.jpg", foto())
    return enviado(f"{tipo.codigo.replace('_', '-')}.pdf", pdf(f"{tipo.nome}\n{titular}"))
