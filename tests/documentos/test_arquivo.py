"""A file leaves only as a download that no browser runs, draws in place or keeps."""

import re
from email.message import EmailMessage
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from contas import fabricas as contas
from documentos import fabricas, previa
from documentos.models import Arquivo, PastaPessoal
from documentos.verificacoes import paginas
from tests.documentos import apoio, hostis

pytestmark = pytest.mark.django_db


def _enviado(nome: str = "certidao.pdf", conteudo: bytes = fabricas.pdf("Certidão")) -> Arquivo:
    return apoio.anexar(None, fabricas.enviado(nome, conteudo)).arquivos.get()


def _dono(arquivo: Arquivo) -> Client:
    """Whoever keeps the folder of the file."""
    assert arquivo.enviado_por is not None
    PastaPessoal.objects.create(usuario=arquivo.enviado_por, pasta=arquivo.documentos.get().pasta)
    return apoio.entrar(arquivo.enviado_por)


def _endereco(arquivo: Arquivo, pagina: int = 0) -> str:
    return (
        reverse("previa", args=[arquivo.uuid, pagina]) if pagina else reverse("arquivo", args=[arquivo.uuid])
    )


def _nome_do_anexo(cabecalho: str) -> str | None:
    mensagem = EmailMessage()
    mensagem["Content-Disposition"] = cabecalho
    assert mensagem.get_content_disposition() == "attachment"
    return mensagem.get_filename()


def test_the_bytes_are_those_that_were_sent(armazem: str) -> None:
    arquivo = _enviado()
    resposta = _dono(arquivo).get(_endereco(arquivo))
    assert apoio.ler(resposta) == fabricas.pdf("Certidão")
    assert resposta["Content-Type"] == "application/pdf"
    assert resposta["Content-Length"] == str(arquivo.tamanho)


@pytest.mark.parametrize(("pagina", "tipo_midia"), [(0, "image/png"), (1, "image/webp")])
def test_whatever_is_inside_the_browser_never_runs_or_keeps_it(pagina: int, tipo_midia: str) -> None:
    arquivo = _enviado("foto.png", hostis.imagem(formato="PNG"))
    resposta = _dono(arquivo).get(_endereco(arquivo, pagina))
    apoio.ler(resposta)
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert resposta["Cache-Control"] == "private, no-store"
    assert resposta["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert resposta["Content-Type"] == tipo_midia


@pytest.mark.parametrize(
    ("nome", "mostrado"),
    [
        ("certidao.pdf", "certidao.pdf"),
        ("Certidão de débitos nº 5.pdf", "Certidão de débitos nº 5.pdf"),
        ('a"; filename="b.exe.pdf', "a; filename=b.exe.pdf"),
        ("x\r\nSet-Cookie: a=b.pdf", "xSet-Cookie a=b.pdf"),
        ("'; rm -rf %00%0d%0a.pdf", "'; rm -rf %00%0d%0a.pdf"),
        ("../../../passwd.pdf", "passwd.pdf"),
    ],
)
def test_the_name_reaches_the_browser_whole_and_harmless(nome: str, mostrado: str) -> None:
    arquivo = _enviado(nome)
    resposta = _dono(arquivo).get(_endereco(arquivo))
    apoio.ler(resposta)
    assert not set("\r\n") & set(resposta["Content-Disposition"])
    assert _nome_do_anexo(resposta["Content-Disposition"]) == mostrado
    assert "Set-Cookie" not in resposta


def test_a_page_is_drawn_as_a_picture() -> None:
    arquivo = _enviado()
    cliente = _dono(arquivo)
    assert cliente.get(_endereco(arquivo, 1)).content[8:12] == b"WEBP"
    assert cliente.get(_endereco(arquivo, 2)).status_code == 404


def test_nobody_has_to_download_a_file_to_look_at_it() -> None:
    arquivo = _enviado(conteudo=fabricas.pdf("Certidão", 2))
    cliente = _dono(arquivo)
    tela = cliente.get(reverse("ver_arquivo", args=[arquivo.uuid])).content.decode()
    desenhos = re.findall(r'<img class="folha" src="([^"]+)"', tela)
    assert desenhos == [_endereco(arquivo, 1), _endereco(arquivo, 2)]
    assert all(cliente.get(desenho).status_code == 200 for desenho in desenhos)
    assert f'href="{_endereco(arquivo)}"' in tela


def test_a_file_is_known_by_a_small_picture_of_its_first_page() -> None:
    arquivo = _enviado(conteudo=fabricas.pdf("Certidão", 2))
    endereco = reverse("miniatura", args=[arquivo.uuid])
    dono = _dono(arquivo)
    respostas = [dono.get(endereco) for _ in range(2)]
    assert respostas[0].content == respostas[1].content
    with Image.open(BytesIO(respostas[0].content)) as imagem:
        assert (imagem.format, imagem.width) == ("WEBP", paginas.LARGURA_DA_MINIATURA)
    assert respostas[0]["Cache-Control"] == "private, no-store"
    assert dono.get(reverse("previa", args=[arquivo.uuid, 0])).status_code == 404  # it is kept, and no page


def test_a_long_file_says_that_the_rest_has_to_be_downloaded() -> None:
    arquivo = _enviado(conteudo=fabricas.pdf("Certidão", previa.MAXIMO + 1))
    tela = _dono(arquivo).get(reverse("ver_arquivo", args=[arquivo.uuid])).content.decode()
    assert tela.count('class="folha"') == previa.MAXIMO
    assert "as primeiras 30 páginas" in tela


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    arquivo = _enviado()
    for pagina in (0, 1):
        resposta = client.get(_endereco(arquivo, pagina))
        assert resposta["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("pagina", [0, 1])
def test_a_file_is_only_read(pagina: int) -> None:
    arquivo = _enviado()
    assert _dono(arquivo).post(_endereco(arquivo, pagina)).status_code == 405


def test_an_outsider_and_an_unknown_file_get_the_same_404() -> None:
    arquivo, estranho = _enviado(), apoio.entrar(contas.usuario())
    for pagina in (0, 1):
        alheio = estranho.get(_endereco(arquivo, pagina))
        arquivo_que_nao_existe = _endereco(arquivo, pagina).replace(str(arquivo.uuid), str(uuid4()))
        nenhum = estranho.get(arquivo_que_nao_existe)
        assert alheio.status_code == nenhum.status_code == 404
        assert len(alheio.content) == len(nenhum.content)
