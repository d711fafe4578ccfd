"""Is the content PDF, JPEG, PNG or HEIC; and what becomes of a name that says something else."""

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest

from documentos import fabricas
from documentos.verificacoes import formato
from tests.documentos import hostis

PROGRAMA = b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0" + b"\0" * 64
PAGINA = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
DESENHO = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\0" * 32


def _docx() -> bytes:
    saida = BytesIO()
    with ZipFile(saida, "w") as pacote:
        pacote.writestr("[Content_Types].xml", "<Types/>")
        pacote.writestr("word/document.xml", "<document/>")
    return saida.getvalue()


@pytest.mark.parametrize(
    ("nome", "conteudo", "midia"),
    [
        ("certidao.pdf", fabricas.pdf("Certidão"), "application/pdf"),
        ("CERTIDAO.PDF", fabricas.pdf("Certidão"), "application/pdf"),
        ("ata.de.posse.Pdf", fabricas.pdf("Ata"), "application/pdf"),
        ("foto.jpg", hostis.imagem(), "image/jpeg"),
        ("FOTO.JPEG", hostis.imagem(), "image/jpeg"),
        ("tela.PNG", hostis.imagem(formato="PNG"), "image/png"),
        ("IMG_0001.HEIC", HEIC, "image/heic"),
        ("IMG_0001.heif", HEIC, "image/heic"),
    ],
)
def test_pdf_jpeg_png_and_heic_pass_whatever_the_case_of_the_ending(
    nome: str, conteudo: bytes, midia: str
) -> None:
    resultado = formato.verificar(nome, conteudo)
    assert (resultado.situacao, resultado.detalhe) == ("aprovado", midia)


@pytest.mark.parametrize("conteudo", [PROGRAMA, PAGINA, DESENHO, b"%!PS-Adobe-3.0", b"\0" * 64, b"oi"])
def test_anything_else_named_pdf_is_refused(conteudo: bytes) -> None:
    resultado = formato.verificar("certidao.pdf", conteudo)
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "o conteúdo não corresponde ao fim do nome do arquivo."
    assert resultado.conselho == "Envie um arquivo PDF, JPEG, PNG ou HEIC."


@pytest.mark.parametrize(
    ("nome", "conteudo", "certo"),
    [
        ("foto.jpg", hostis.imagem(formato="PNG"), "foto.png"),
        ("tela.png", hostis.imagem(), "tela.jpg"),
        ("IMG_0001.jpg", HEIC, "IMG_0001.heic"),
        ("foto.jpg", fabricas.pdf("x"), "foto.pdf"),
        ("certidao.pdf.exe", fabricas.pdf("x"), "certidao.pdf.exe.pdf"),
        ("certidao.PDF", fabricas.pdf("x"), "certidao.PDF"),
        ("foto.JPEG", hostis.imagem(), "foto.JPEG"),
        ("certidao", fabricas.pdf("x"), "certidao.pdf"),
        ("Ata 12.05.2024", fabricas.pdf("x"), "Ata 12.05.2024.pdf"),
        ("1000012345", hostis.imagem(), "1000012345.jpg"),
    ],
)
def test_a_good_file_is_taken_whatever_its_name_ends_in_and_gets_the_right_ending(
    nome: str, conteudo: bytes, certo: str
) -> None:
    resultado = formato.verificar(nome, conteudo)
    assert resultado.situacao == "aprovado"
    assert formato.nome_certo(nome, resultado.detalhe) == certo


@pytest.mark.parametrize(
    ("nome", "fim"), [("foto.png", ".png"), ("certidao.pdf.exe", ".exe"), ("Logo.SVG", ".svg")]
)
def test_an_ending_of_another_kind_is_noted_for_a_person_and_refuses_nothing(nome: str, fim: str) -> None:
    nota = formato.conferir_nome(nome, "image/jpeg")
    assert nota is not None
    assert (nota.situacao, nota.detalhe) == ("atencao", f"o nome terminava em {fim}, mas o conteúdo é JPG.")


@pytest.mark.parametrize("nome", ["foto.jpg", "FOTO.JPEG", "foto", "Ata 12.05.2024", "1000012345", "pdf"])
def test_a_name_that_fits_or_has_no_ending_is_not_noted(nome: str) -> None:
    assert formato.conferir_nome(nome, "image/jpeg") is None


@pytest.mark.parametrize(
    ("nome", "conteudo", "remedio"),
    [
        ("fotos.zip", _docx(), "Abra o pacote"),
        ("ata.docx", _docx(), "Salvar como PDF"),
        ("ata.odt", _docx(), "Salvar como PDF"),
        ("logo.svg", DESENHO, "PDF, JPEG, PNG ou HEIC"),
        ("programa.exe", PROGRAMA, "PDF, JPEG, PNG ou HEIC"),
        ("arquivo", b"qualquer coisa", "PDF, JPEG, PNG ou HEIC"),
        ("", b"qualquer coisa", "PDF, JPEG, PNG ou HEIC"),
    ],
)
def test_other_kinds_are_refused_with_the_remedy_of_the_kind(
    nome: str, conteudo: bytes, remedio: str
) -> None:
    resultado = formato.verificar(nome, conteudo)
    assert resultado.situacao == "reprovado"
    assert remedio in resultado.conselho


@pytest.mark.parametrize("antes", [b"\n", b"\xef\xbb\xbf", b"MZ lixo\n", b"GIF89a" + b" " * 90])
def test_bytes_before_the_header_of_a_pdf_are_refused(antes: bytes) -> None:
    resultado = formato.verificar("certidao.pdf", antes + fabricas.pdf("x"))
    assert resultado.situacao == "reprovado"


def test_a_pdf_that_readers_open_despite_the_bytes_before_it_is_told_to_print_again() -> None:
    resultado = formato.verificar("certidao.pdf", b"\n" + fabricas.pdf("x"))
    assert resultado.detalhe == "o PDF tem dados estranhos antes do começo."
    assert "Imprimir → Salvar como PDF" in resultado.conselho


@pytest.mark.parametrize(
    "declarada", ["", "application/octet-stream", "application/pdf", "application/x-pdf"]
)
def test_what_the_browser_declares_may_fit_or_say_nothing(declarada: str) -> None:
    assert formato.conferir_declarada(declarada, "application/pdf") is None


@pytest.mark.parametrize("declarada", ["text/html", "image/png"])
def test_another_declared_type_is_noted_for_a_person_and_refuses_nothing(declarada: str) -> None:
    nota = formato.conferir_declarada(declarada, "application/pdf")
    assert nota is not None
    assert (nota.situacao, nota.detalhe) == (
        "atencao",
        f"o aparelho disse que o arquivo é {declarada}, mas ele é application/pdf.",
    )
