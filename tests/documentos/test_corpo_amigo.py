"""Files as people have them: every one of them passes, and is shown as a picture of its pages."""

import io

import pikepdf
import pytest
from PIL import Image

from documentos import exame, fabricas, guarda, previa
from documentos.models import Arquivo
from tests.documentos import apoio, arquivaveis, assinados, folhas, hostis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clamd")]


def _foto_de_celular() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Fabricante"
    exif.get_ifd(0x8825)[2] = (20.0, 23.0, 8.0)
    foto = folhas.folha((4032, 3024), modo="RGB")
    return folhas.salvar("JPEG", foto, quality=80, exif=exif) + b"\0SEFT trailer of the maker"


def _com_formulario() -> bytes:
    """A form of plain fields, filled in, with a bookmark: nothing in it runs."""
    documento = pikepdf.open(io.BytesIO(fabricas.pdf("Ficha")))
    campo = pikepdf.Dictionary(
        FT=pikepdf.Name.Tx,
        T=pikepdf.String("nome"),
        V=pikepdf.String("João"),
        Rect=pikepdf.Array([0, 0, 9, 9]),
    )
    documento.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([documento.make_indirect(campo)]))
    with documento.open_outline() as marcadores:
        marcadores.root.append(pikepdf.OutlineItem("Início", 0))
    return hostis.salvar(documento)


BONS = {
    "certificate": ("certidão negativa.pdf", fabricas.pdf("Certidão negativa de débitos, São João del-Rei")),
    "ten pages": ("estatuto.pdf", fabricas.pdf("Estatuto", 10)),
    "scan": ("Ata de eleição nº 3.pdf", folhas.salvar("PDF", *[folhas.folha()] * 3)),
    "photo of a phone": ("IMG_20260101.jpg", _foto_de_celular()),
    "photo of an iphone": ("IMG_0001.HEIC", folhas.salvar("HEIF", folhas.folha(modo="RGB"))),
    "screenshot": ("Captura de tela.png", folhas.salvar("PNG", folhas.folha((1080, 1920), modo="RGBA"))),
    "grey scan": ("identidade.jpeg", folhas.salvar("JPEG", folhas.folha((1000, 700)))),
    "form": ("ficha.pdf", _com_formulario()),
    "pdf/a-1b": ("Certidão de São João.pdf", arquivaveis.escrito("a-1b")),
    "pdf/a-2a": ("Declaração nº 4.pdf", arquivaveis.escrito("a-2a")),
    "scanned pdf/a-2b": ("Ata da eleição.pdf", arquivaveis.digitalizado("a-2b")),
    "signed pdf/a-2a": ("Procuração.pdf", assinados.pdf_assinado(arquivaveis.escrito("a-2a"))),
    "signed": ("procuracao assinada.pdf", assinados.pdf_assinado(fabricas.pdf("Procuração"))),
}


def _examinado(nome: str, conteudo: bytes) -> Arquivo:
    arquivo = apoio.receber(None, fabricas.enviado(nome, conteudo)).arquivos.get()
    exame.examinar(arquivo.pk)
    return Arquivo.objects.get(pk=arquivo.pk)


@pytest.mark.parametrize(("nome", "conteudo"), BONS.values(), ids=BONS)
def test_passes_and_is_shown(nome: str, conteudo: bytes) -> None:
    arquivo = _examinado(nome, conteudo)
    assert arquivo.nome == nome
    assert arquivo.pronto, [f"{v}: {v.detalhe}" for v in arquivo.verificacoes.all()]
    assert not arquivo.verificacoes.exclude(situacao="aprovado").exists()
    assert previa.desenhar(arquivo, 1)
    if arquivo.tipo_midia == "application/pdf":
        assert guarda.ler(arquivo.servido) == conteudo


def _embutidos(conteudo: bytes) -> list[bytes]:
    """What the PDF carries besides its pages."""
    with pikepdf.open(io.BytesIO(conteudo)) as documento:
        return [anexo.get_file().read_bytes() for anexo in documento.attachments.values()]


def test_a_pdf_a_3_is_shown_without_the_file_that_it_carries_and_kept_as_it_came() -> None:
    conteudo = arquivaveis.com_dados()
    assert _embutidos(conteudo) == [arquivaveis.EMBUTIDO]
    arquivo = _examinado("nota.pdf", conteudo)
    assert arquivo.pronto
    assert arquivo.verificacoes.get(nome="conteudo ativo").detalhe.startswith(
        "o PDF continha arquivo embutido"
    )
    assert previa.desenhar(arquivo, 1)
    assert _embutidos(guarda.ler(arquivo.servido)) == []
    assert guarda.ler(arquivo) == conteudo


def test_a_signed_pdf_a_3_stays_as_it_came_and_the_embedded_file_is_told() -> None:
    conteudo = assinados.pdf_assinado(arquivaveis.com_dados())
    arquivo = _examinado("nota.pdf", conteudo)
    assert arquivo.pronto
    assert "mantido como veio" in arquivo.verificacoes.get(nome="conteudo ativo").detalhe
    assert guarda.ler(arquivo.servido) == conteudo
    assert arquivo.assinaturas_digitais.get().integra
