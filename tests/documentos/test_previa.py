"""Pages of a document as pictures, for the review desk."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.utils import timezone
from PIL import Image

from documentos import fabricas, guarda, previa
from documentos.models import Arquivo, Verificacao
from documentos.verificacoes import isolamento, paginas
from tests.documentos import hostis

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def _abrir(desenho: bytes | None) -> Image.Image:
    assert desenho is not None
    return Image.open(BytesIO(desenho), formats=["WEBP"])


def _arquivo(tipo_midia: str, contagem: str = "") -> Arquivo:
    arquivo = Arquivo.objects.create(
        nome="x", chave=uuid4().hex, tipo_midia=tipo_midia, tamanho=1, sha256="0" * 64, estado="pronto"
    )
    if contagem:
        Verificacao.objects.create(
            arquivo=arquivo, nome="pdf", versao="1", situacao="aprovado", detalhe=contagem
        )
    return arquivo


def test_each_page_of_a_pdf_is_drawn_and_no_other() -> None:
    documento = fabricas.pdf("Certidão", 2)
    primeira, segunda = (paginas.desenhar_ou_nada(documento, PDF, n) for n in (1, 2))
    assert _abrir(primeira).size == (1100, 1557)
    assert primeira != segunda
    assert [paginas.desenhar_ou_nada(documento, PDF, n) for n in (0, 3, 10**9)] == [None] * 3


def test_a_photo_has_one_page() -> None:
    assert _abrir(paginas.desenhar_ou_nada(fabricas.foto(), JPEG, 1)).size == (640, 800)
    assert paginas.desenhar_ou_nada(fabricas.foto(), JPEG, 2) is None


def test_a_photo_held_sideways_is_drawn_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    deitada = hostis.imagem(tamanho=(80, 60), exif=exif)
    assert _abrir(paginas.desenhar_ou_nada(deitada, JPEG, 1)).size == (60, 80)


def test_a_large_photo_is_reduced() -> None:
    grande = hostis.imagem(tamanho=(2200, 1000))
    assert _abrir(paginas.desenhar_ou_nada(grande, JPEG, 1)).size == (1100, 500)


@pytest.mark.parametrize(
    ("conteudo", "tipo_midia"),
    [
        (hostis.imagem("CMYK"), JPEG),
        (hostis.imagem("RGBA", formato="PNG"), PNG),
        (hostis.png(50, 40, profundidade=16), PNG),
        (hostis.imagem("P", formato="PNG"), PNG),
    ],
)
def test_every_kind_of_picture_that_is_taken_can_be_drawn(conteudo: bytes, tipo_midia: str) -> None:
    assert _abrir(paginas.desenhar_ou_nada(conteudo, tipo_midia, 1)).mode == "RGB"


def test_a_light_picture_of_16_bits_is_not_drawn_black() -> None:
    desenho = _abrir(paginas.desenhar_ou_nada(hostis.png(50, 40, profundidade=16), PNG, 1))
    assert desenho.getpixel((5, 5)) == (64, 64, 64)


@pytest.mark.parametrize("tipo_midia", [PDF, JPEG, PNG, "text/html"])
def test_what_does_not_draw_is_no_picture(tipo_midia: str) -> None:
    assert paginas.desenhar_ou_nada(b"<html>", tipo_midia, 1) is None


def test_a_very_thin_page_does_not_make_a_giant() -> None:
    fino = hostis.pdf_de_objetos(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2 14400] >>",
    )
    assert _abrir(paginas.desenhar_ou_nada(fino, PDF, 1)).height <= 3300


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tipo_midia", "contagem", "quantas"),
    [
        (JPEG, "", 1),
        (PDF, "1 página(s)", 1),
        (PDF, "12 página(s)", 12),
        (PDF, "10000 página(s)", 30),
        (PDF, "", 1),
        (PDF, "outra coisa", 1),
    ],
)
def test_the_desk_shows_the_pages_that_were_counted_up_to_thirty(
    tipo_midia: str, contagem: str, quantas: int
) -> None:
    assert list(previa.paginas(_arquivo(tipo_midia, contagem))) == list(range(1, quantas + 1))


@pytest.mark.django_db
def test_a_stored_file_is_drawn_in_another_process() -> None:
    arquivo = guarda.guardar("certidao.pdf", PDF, fabricas.pdf("Certidão"), None, estado="pronto")
    assert _abrir(previa.desenhar(arquivo, 1)).width == 1100
    assert previa.desenhar(arquivo, 2) is None
    assert previa.desenhar(arquivo, 10**300) is None  # longer than the name of a stored file may be


@pytest.mark.django_db
def test_a_page_that_takes_too_long_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    arquivo = guarda.guardar("certidao.pdf", PDF, fabricas.pdf("Certidão"), None, estado="pronto")
    monkeypatch.setattr(isolamento, "SEGUNDOS", 0)
    assert previa.desenhar(arquivo, 1) is None


@pytest.mark.django_db
def test_nothing_is_drawn_before_the_checks_have_ended_well() -> None:
    arquivo = guarda.guardar("certidao.pdf", PDF, fabricas.pdf("Certidão"), None)
    assert list(previa.paginas(arquivo)) == []
    assert previa.desenhar(arquivo, 1) is None


@pytest.mark.django_db
def test_a_page_is_drawn_once_and_kept(armazem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arquivo = guarda.guardar("certidao.pdf", PDF, fabricas.pdf("Certidão"), None, estado="pronto")
    primeira = previa.desenhar(arquivo, 1)
    monkeypatch.setattr(isolamento, "SEGUNDOS", 0)  # it could not be drawn again
    assert previa.desenhar(arquivo, 1) == primeira
    guarda.varrer_orfaos(timezone.now() + timedelta(hours=1))
    assert previa.desenhar(arquivo, 1) == primeira
    guarda.apagar_bytes(arquivo)
    with pytest.raises(FileNotFoundError):
        previa.desenhar(arquivo, 1)
