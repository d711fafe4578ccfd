"""Hostile and odd files, built byte by byte."""

import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

pillow_heif.register_heif_opener()


def salvar(documento: pikepdf.Pdf, **opcoes: Any) -> bytes:
    """Return the bytes of a PDF under construction."""
    saida = BytesIO()
    documento.save(saida, **opcoes)
    return saida.getvalue()


def pdf_em_branco() -> pikepdf.Pdf:
    """Return a PDF with one blank page, to be spoiled."""
    documento = pikepdf.new()
    documento.add_blank_page(page_size=(200, 200))
    return documento


SEGREDO = b"conteudo que ninguem ve nas paginas"


def com_xfa(documento: pikepdf.Pdf) -> None:
    """Put a form of programs (XFA) into the PDF."""
    documento.Root.AcroForm = Dictionary(Fields=Array([]), XFA=documento.make_stream(SEGREDO))


def com_anexo(documento: pikepdf.Pdf) -> None:
    """Embed a file, named in the list of files and in a note on the page."""
    fluxo = documento.make_stream(SEGREDO)
    fluxo.Type = Name.EmbeddedFile
    ficha = documento.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=fluxo)))
    documento.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x.exe"), ficha])))
    nota = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=ficha)
    documento.pages[0].Annots = Array([nota])


def com_midia(documento: pikepdf.Pdf) -> None:
    """Put a player of rich media on the page."""
    conteudo = Dictionary(Assets=Dictionary(Names=Array([String("x.swf"), documento.make_stream(SEGREDO)])))
    midia = Dictionary(Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]), RichMediaContent=conteudo)
    documento.pages[0].Annots = Array([midia])


def zip_com(conteudo: bytes, nome: str = "dentro.txt") -> bytes:
    """Return a ZIP with one file, not compressed."""
    saida = BytesIO()
    with ZipFile(saida, "w") as pacote:
        pacote.writestr(nome, conteudo)
    return saida.getvalue()


def zips_fundos() -> bytes:
    """Return a ZIP in a ZIP, deeper than the scanner of the tests looks."""
    conteudo = b"no fundo"
    for _ in range(6):
        conteudo = zip_com(conteudo)
    return conteudo


def eicar() -> bytes:
    """Return the harmless text that every antivirus knows, put together so that this source is not one."""
    return b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS" + b"-TEST-FILE!$H+H*"


def pdf_com_virus(virus: bytes) -> bytes:
    """Return a PDF that opens and carries ``virus`` in a stream of its own, as it is."""
    documento = pdf_em_branco()
    documento.Root.Anexo = documento.make_stream(virus)
    return salvar(documento, compress_streams=False)


def pdf_de_objetos(*objetos: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    saida, posicoes = bytearray(b"%PDF-1.5\n"), []
    for numero, objeto in enumerate(objetos, start=1):
        posicoes.append(len(saida))
        saida += b"%d 0 obj " % numero + objeto + b" endobj\n"
    inicio = len(saida)
    saida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    saida += b"".join(b"%010d 00000 n \n" % posicao for posicao in posicoes)
    saida += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objetos) + 1)
    return bytes(saida + b"startxref\n%d\n%%%%EOF\n" % inicio)


def pdf_com_paginas(quantas: int) -> bytes:
    """Return a PDF with this many blank pages."""
    filhas = b" ".join(b"%d 0 R" % (n + 3) for n in range(quantas))
    pagina = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    return pdf_de_objetos(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (quantas, filhas),
        *[pagina] * quantas,
    )


def pdf_bomba(megabytes: int) -> bytes:
    """Return a small PDF whose page tree is in an object stream that inflates to ``megabytes``."""
    compressor = zlib.compressobj(1)
    espaco = b" " * 1024 * 1024
    dados = compressor.compress(b"2 0 << /Type /Pages /Count 0 /Kids [] >>")
    dados += b"".join(compressor.compress(espaco) for _ in range(megabytes)) + compressor.flush()
    cabeca = b"%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    fluxo = (
        b"3 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(dados)
        + dados
        + b"\nendstream endobj\n"
    )
    inicio = len(cabeca) + len(fluxo)
    linhas = [(0, 0, 255), (1, 9, 0), (2, 3, 0), (1, len(cabeca), 0), (1, inicio, 0)]
    tabela = b"".join(struct.pack(">BIB", *linha) for linha in linhas)
    return (
        cabeca
        + fluxo
        + b"4 0 obj << /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >> stream\n" % len(tabela)
        + tabela
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % inicio
    )


def pdf_comprido() -> bytes:
    """Return a small PDF whose only page is too long for any memory to draw it."""
    documento = pikepdf.new()
    documento.add_blank_page().MediaBox = Array([0, 0, 200, 2_000_000])
    return salvar(documento)


def pdf_lento() -> bytes:
    """Return a small PDF that opens at once, and whose ten pages take a second each to be drawn."""
    lado, documento = 30_000, pikepdf.new()
    pontos = documento.make_stream(
        zlib.compress(bytes(lado * lado // 8)),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=lado,
        Height=lado,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
        Filter=Name.FlateDecode,
    )
    for _ in range(10):
        pagina = documento.add_blank_page(page_size=(595, 842))
        pagina.Resources = Dictionary(XObject=Dictionary(I=pontos))
        pagina.Contents = documento.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return salvar(documento)


def imagem(
    modo: str = "RGB", tamanho: tuple[int, int] = (80, 60), formato: str = "JPEG", **opcoes: Any
) -> bytes:
    """Return a picture with a gradient, as Pillow writes it."""
    saida = BytesIO()
    Image.linear_gradient("L").resize(tamanho).convert(modo).save(saida, formato, **opcoes)
    return saida.getvalue()


def png(largura: int, altura: int, *, profundidade: int = 8, entrelacado: bool = False) -> bytes:
    """Return a grey PNG whose header says this size; its data are only as many as fit a small picture."""
    linha = b"\0" + b"\x40" * (largura * profundidade // 8)
    dados = linha * altura if largura * altura <= 10_000 else b""
    cabeca = struct.pack(">IIBBBBB", largura, altura, profundidade, 0, 0, 0, int(entrelacado))
    partes = ((b"IHDR", cabeca), (b"IDAT", zlib.compress(dados)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_parte(nome, corpo) for nome, corpo in partes)


def _parte(nome: bytes, corpo: bytes) -> bytes:
    return struct.pack(">I", len(corpo)) + nome + corpo + struct.pack(">I", zlib.crc32(nome + corpo))
