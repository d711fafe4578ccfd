"""A sensitive file of somebody else is only seen as a marked picture; its own bytes never leave."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from contas import fabricas as contas
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from documentos import fabricas, guarda, marca, previa, visualizacoes
from documentos.models import Arquivo, VisualizacaoSigilosa
from documentos.verificacoes import isolamento, paginas
from tests.convenentes import pedidos
from tests.documentos import apoio, hostis

DIA = date(2026, 3, 12)


def _linha(finalidade: str = "análise da solicitação 2026.000123") -> bytes:
    return marca.linha(finalidade, DIA)


def _abrir(png: bytes | None) -> Image.Image:
    assert png is not None
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize(
    ("conteudo", "tipo_midia"),
    [
        (fabricas.foto(), "image/jpeg"),
        (fabricas.pdf("Identidade"), "application/pdf"),
        (hostis.imagem(tamanho=(3000, 900)), "image/jpeg"),
        (hostis.imagem(tamanho=(80, 60)), "image/jpeg"),
    ],
)
def test_the_mark_is_all_over_the_picture_and_the_picture_still_there(
    conteudo: bytes, tipo_midia: str
) -> None:
    limpa = _abrir(paginas.desenhar_ou_nada(conteudo, tipo_midia, 1))
    marcada = _abrir(paginas.desenhar_ou_nada(conteudo, tipo_midia, 1, _linha()))
    assert marcada.size == limpa.size
    diferenca = ImageChops.difference(limpa, marcada).convert("L")
    metade = (limpa.width // 2, limpa.height // 2)
    for x in (0, metade[0]):
        for y in (0, metade[1]):
            assert diferenca.crop((x, y, x + metade[0], y + metade[1])).getbbox() is not None
    mudados = sum(diferenca.histogram()[25:]) / (limpa.width * limpa.height)
    assert 0.005 < mudados < 0.5


def test_another_purpose_or_another_day_is_another_mark() -> None:
    marcas = {_linha(), _linha("consulta"), marca.linha("consulta", date(2026, 3, 13))}
    assert len(marcas) == 3


def test_the_mark_reads_what_the_law_wants_known() -> None:
    largura = Image.open(BytesIO(_linha("a" * 10))).width
    assert Image.open(BytesIO(_linha("a" * 40))).width > largura * 1.5


@pytest.mark.django_db
def test_a_copy_has_every_page_marked() -> None:
    arquivo = apoio.anexar(
        apoio.tipo(), fabricas.enviado("rg.pdf", fabricas.pdf("Identidade", 3))
    ).arquivos.get()
    copia = previa.copiar(arquivo, _linha())
    assert copia is not None
    documento = pypdfium2.PdfDocument(copia)
    assert len(documento) == 3
    assert documento[0].get_textpage().get_text_range() == ""


@pytest.mark.django_db
def test_what_does_not_draw_in_time_is_not_shown_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    arquivo = guarda.guardar("rg.pdf", "application/pdf", fabricas.pdf("Identidade"), None)
    quebrado = guarda.guardar("rg.pdf", "application/pdf", b"%PDF-1.7", None)
    assert previa.copiar(quebrado, _linha()) is None
    monkeypatch.setattr(isolamento, "SEGUNDOS", 0)
    assert previa.copiar(arquivo, _linha()) is None


@pytest.fixture
def analista(db: None) -> Usuario:
    pessoa = contas.usuario(nome_civil="Ana Lista", is_staff=True)
    incluir_na_equipe(pessoa)
    return pessoa


@pytest.fixture
def dona(db: None) -> Usuario:
    return contas.usuario(nome_civil="Dona Fictícia")


def _arquivo(dona: Usuario, codigo: str) -> Arquivo:
    return pedidos.papel_aceito(dona, codigo).arquivos.get()


def _baixar(cliente: Client, nome: str, arquivo: Arquivo, *args: Any) -> bytes:
    para = visualizacoes.selar("análise da solicitação 2026.000123")
    resposta = cliente.get(reverse(nome, args=[arquivo.uuid, *args]), {"para": para})
    assert resposta.status_code == 200
    assert resposta["Cache-Control"] == "private, no-store"
    return apoio.ler(resposta)


@pytest.mark.parametrize("codigo", ["rl_selfie", "rl_identidade"])
def test_the_team_gets_marked_pictures_and_never_the_bytes(
    analista: Usuario, dona: Usuario, codigo: str
) -> None:
    arquivo, mesa = _arquivo(dona, codigo), apoio.entrar(analista)
    pagina, copia = _baixar(mesa, "previa", arquivo, 1), _baixar(mesa, "arquivo", arquivo)
    original = guarda.ler(arquivo)
    assert arquivo.sha256 not in {hashlib.sha256(b).hexdigest() for b in (pagina, copia)}
    assert original not in copia
    limpa = _abrir(paginas.desenhar_ou_nada(original, arquivo.tipo_midia, 1))
    assert ImageChops.difference(limpa, _abrir(pagina)).getbbox() is not None
    da_copia = pypdfium2.PdfDocument(copia)[0].render(scale=1).to_pil().convert("L")
    clara = limpa.convert("L").resize(da_copia.size)
    assert sum(ImageChops.difference(clara, da_copia).histogram()[40:]) > 100


def test_the_person_gets_the_own_file_unmarked(dona: Usuario) -> None:
    arquivo, cliente = _arquivo(dona, "rl_selfie"), apoio.entrar(dona)
    assert _baixar(cliente, "arquivo", arquivo) == guarda.ler(arquivo.servido)
    limpa = paginas.desenhar_ou_nada(guarda.ler(arquivo.servido), arquivo.tipo_midia, 1)
    assert _baixar(cliente, "previa", arquivo, 1) == limpa
    assert not VisualizacaoSigilosa.objects.exists()


def test_each_look_keeps_the_purpose_that_the_page_sealed(analista: Usuario, dona: Usuario) -> None:
    arquivo, mesa = _arquivo(dona, "rl_selfie"), apoio.entrar(analista)
    _baixar(mesa, "previa", arquivo, 1)
    for inventado in ({}, {"para": "curiosidade"}, {"para": "curiosidade:assinatura-falsa"}):
        assert mesa.get(reverse("previa", args=[arquivo.uuid, 1]), inventado).status_code == 200
    finalidades = VisualizacaoSigilosa.objects.order_by("pk").values_list("finalidade", flat=True)
    assert list(finalidades) == ["análise da solicitação 2026.000123", *["consulta"] * 3]


def test_an_ordinary_document_is_not_marked(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    representante = pedidos.representante_de(convenente)
    arquivo = pedidos.papel_aceito(representante, "rl_posse", convenente).arquivos.get()
    assert _baixar(apoio.entrar(analista), "arquivo", arquivo) == guarda.ler(arquivo)
