"""Photos of pages and PDFs become one PDF, in the order chosen."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from documentos import fabricas, juntar
from documentos.envio import ArquivoRecusado
from tests.documentos import hostis


def _foto(largura: int, altura: int, girada: int = 1) -> bytes:
    imagem, saida = Image.new("RGB", (largura, altura), "white"), BytesIO()
    imagem.paste("black", (0, 0, largura // 2, altura // 2))
    exif = Image.Exif()
    exif[0x0112] = girada
    imagem.save(saida, "JPEG", exif=exif)
    return saida.getvalue()


def _juntado(*partes: tuple[str, bytes]) -> pikepdf.Pdf:
    arquivo = juntar.em_um([fabricas.enviado(nome, conteudo) for nome, conteudo in partes])
    return pikepdf.open(BytesIO(arquivo.read()))


def test_the_pages_come_in_the_order_chosen_with_a_bookmark_for_each_file() -> None:
    pdf = ("b.pdf", fabricas.pdf("Certidão", 2))
    with _juntado(("a.jpg", _foto(600, 800)), pdf, ("c.jpg", _foto(800, 600))) as junto:
        assert len(junto.pages) == 4
        with junto.open_outline() as sumario:
            assert [item.title for item in sumario.root] == ["a.jpg", "b.pdf", "c.jpg"]
        tamanhos = [tuple(round(float(n)) for n in pagina.mediabox[2:]) for pagina in junto.pages]
    assert tamanhos == [(595, 842), (595, 842), (595, 842), (842, 595)]


def test_a_photo_as_telephones_keep_it_is_a_page_too() -> None:
    heic = hostis.imagem("RGB", (640, 480), "HEIF")
    with _juntado(("IMG_0001.HEIC", heic), ("b.jpg", _foto(600, 800))) as junto:
        assert len(junto.pages) == 2


def test_the_text_of_a_pdf_is_still_text() -> None:
    arquivo = juntar.em_um(
        [fabricas.enviado(f"{n}.pdf", fabricas.pdf(f"Certidão {n}")) for n in ("um", "dois")]
    )
    documento = pypdfium2.PdfDocument(arquivo.read())
    try:
        textos = [pagina.get_textpage().get_text_range() for pagina in documento]
    finally:
        documento.close()
    assert ["Certidão um" in textos[0], "Certidão dois" in textos[1]] == [True, True]


def test_a_photo_that_lies_on_its_side_is_straightened() -> None:
    deitada = _foto(800, 600, girada=6)
    with _juntado(("a.jpg", deitada), ("b.jpg", deitada)) as junto:
        figura = junto.pages[0].Resources.XObject.Foto
        assert (int(figura.Width), int(figura.Height)) == (600, 800)


def test_a_photo_larger_than_a_page_at_200_dpi_is_reduced() -> None:
    with _juntado(("a.jpg", _foto(3000, 4000)), ("b.jpg", _foto(300, 400))) as junto:
        assert [int(p.Resources.XObject.Foto.Width) for p in junto.pages] == [1654, 300]


def _protegido() -> bytes:
    saida = BytesIO()
    with pikepdf.open(BytesIO(fabricas.pdf("Certidão"))) as documento:
        documento.save(saida, encryption=pikepdf.Encryption(owner="x", user="y"))
    return saida.getvalue()


def _assinado() -> bytes:
    chave, nome = (
        rsa.generate_private_key(65537, 2048),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pessoa Fictícia")]),
    )
    agora = datetime.now(UTC)
    certificado = (
        x509.CertificateBuilder(nome, nome, chave.public_key(), 1, agora, agora + timedelta(days=1))
    ).sign(chave, hashes.SHA256())
    cofre = pkcs12.serialize_key_and_certificates(
        None, chave, certificado, None, BestAvailableEncryption(b"x")
    )
    signatario = signers.SimpleSigner.load_pkcs12_data(cofre, [], b"x")
    escrito = IncrementalPdfFileWriter(BytesIO(fabricas.pdf("Certidão")))
    saida: BytesIO = signers.sign_pdf(escrito, signers.PdfSignatureMetadata("Assinatura"), signatario)
    return saida.getvalue()


@pytest.mark.parametrize(
    ("conteudo", "texto"),
    [
        (b"isto nao e nada", "não pôde ser lido"),
        (fabricas.foto()[:2000], "não pôde ser lido"),
        (_protegido(), "protegido por senha"),
        (fabricas.pdf("Certidão", 201), "passa de 200 páginas"),
        (_assinado(), "tem assinatura digital, que se perderia"),
    ],
)
def test_what_cannot_be_joined_is_named_with_the_reason(conteudo: bytes, texto: str) -> None:
    with pytest.raises(ArquivoRecusado, match=f"ruim.pdf .*{texto}"):
        _juntado(("boa.jpg", _foto(60, 80)), ("ruim.pdf", conteudo))
