"""Hostile and odd files, through the whole way: what is said at once, what the examination says, what is ever shown."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from pikepdf import Dictionary, Name, String
from PIL import Image

from documentos import exame, fabricas, guarda
from documentos.envio import ArquivoRecusado
from documentos.models import Arquivo, PastaPessoal
from documentos.verificacoes import isolamento, tamanho
from documentos.verificacoes.isolamento import isolada
from tests.documentos import apoio, filhos, hostis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clamd")]
PDF = fabricas.pdf("Certidão")
PROGRAMA = b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0" + b"\0" * 64
PAGINA = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
DESENHO = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _pdf(estrago: Callable[[pikepdf.Pdf], None]) -> bytes:
    documento = hostis.pdf_em_branco()
    estrago(documento)
    return hostis.salvar(documento)


def _com_acao(tipo: Name) -> bytes:
    def estragar(documento: pikepdf.Pdf) -> None:
        documento.Root.OpenAction = Dictionary(S=tipo, JS=String("app.alert(1)"), F=String("cmd.exe"))

    return _pdf(estragar)


def _protegido(**senhas: str) -> bytes:
    return hostis.salvar(hostis.pdf_em_branco(), encryption=pikepdf.Encryption(**senhas))  # type: ignore[arg-type]


def _de(tamanho_: int) -> bytes:
    return PDF + b"\n%" + b"x" * (tamanho_ - len(PDF) - 8) + b"%%EOF\n"


def _animada() -> bytes:
    quadro = Image.new("RGB", (80, 60), "red")
    return hostis.imagem(formato="PNG", save_all=True, append_images=[quadro])


# Told in the request, before anything is kept: name, content, part of the message.
NA_HORA: dict[str, tuple[str, bytes, str]] = {
    "exe as pdf": ("certidao.pdf", PROGRAMA, "não corresponde ao fim do nome"),
    "html as pdf": ("certidao.pdf", PAGINA, "não corresponde ao fim do nome"),
    "zip": ("tudo.zip", hostis.zip_com(b"x"), "Abra o pacote"),
    "svg": ("logo.svg", DESENHO, "não é aceito"),
    "svg as png": ("logo.png", DESENHO, "não corresponde ao fim do nome"),
    "eicar": ("eicar.com", hostis.eicar(), "não é aceito"),
    "bytes before the header": ("certidao.pdf", b"\n" + PDF, "antes do começo"),
    "zip before the header": ("certidao.pdf", hostis.zip_com(PDF), "não corresponde ao fim do nome"),
    "password to open": ("certidao.pdf", _protegido(user="abrir", owner="dono"), "protegido por senha"),
    "password to change": ("certidao.pdf", _protegido(user="", owner="dono"), "proteção contra cópia"),
    "truncated pdf": ("certidao.pdf", PDF[:-200], "danificado ou incompleto"),
    "truncated jpeg": ("foto.jpg", fabricas.foto()[:9000], "danificada ou incompleta"),
    "flood of pixels": ("foto.png", hostis.png(50_000, 50_000), "60 milhões de pontos"),
    "nothing": ("certidao.pdf", b"", "está vazio"),
    "20 MB and a byte": ("certidao.pdf", _de(tamanho.LIMITE + 1), "o limite é 20 MB"),
}

# Kept, and given back to the person by the examination: name, content, part of what is said.
DEPOIS: dict[str, tuple[str, bytes, str]] = {
    "eicar in a pdf": ("certidao.pdf", hostis.pdf_com_virus(hostis.eicar()), "Eicar-Test"),
    "zipped eicar in a pdf": (
        "certidao.pdf",
        hostis.pdf_com_virus(hostis.zip_com(hostis.eicar())),
        "Eicar-Test",
    ),
    "eicar behind a photo": ("foto.jpg", fabricas.foto() + hostis.eicar(), "Eicar-Test"),
    "pdf and zip with eicar": ("certidao.pdf", PDF + hostis.zip_com(hostis.eicar()), "Eicar-Test"),
    "rubbish between header and end": ("a.pdf", b"%PDF-1.7\n" + b"lixo " * 99 + b"%%EOF", "danificado"),
    "no pages": ("a.pdf", hostis.pdf_com_paginas(0), "não tem páginas"),
    "wrong checksum": (
        "a.png",
        hostis.png(20, 20)[:-20] + b"\0\0\0\0" + hostis.png(20, 20)[-16:],
        "danificada",
    ),
    "not a heic": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 32, "danificada"),
}

# Kept and shown, harmless: name, content, what must not be in the bytes that leave.
PASSAM: dict[str, tuple[str, bytes, bytes]] = {
    "javascript": ("certidao.pdf", _com_acao(Name.JavaScript), b"app.alert"),
    "launch": ("certidao.pdf", _com_acao(Name.Launch), b"cmd.exe"),
    "xfa": ("certidao.pdf", _pdf(hostis.com_xfa), hostis.SEGREDO),
    "embedded file": ("certidao.pdf", _pdf(hostis.com_anexo), hostis.SEGREDO),
    "media": ("certidao.pdf", _pdf(hostis.com_midia), hostis.SEGREDO),
    "pdf and zip": ("certidao.pdf", PDF + hostis.zip_com(b"dentro"), b"PK\x05\x06"),
    "pdf and html": ("certidao.pdf", PDF + PAGINA + b"%%EOF", b"<script>"),
    "jpeg and html": ("foto.jpg", fabricas.foto() + PAGINA, b"<script>"),
    "jpeg with a comment": ("foto.jpg", hostis.imagem(comment=PAGINA), b"<script>"),
    "png and zip": ("foto.png", hostis.imagem(formato="PNG") + hostis.zip_com(b"x"), b"PK\x05\x06"),
    "animated png": ("foto.png", _animada(), b"acTL"),
    "jpeg of a printing house": ("foto.jpg", hostis.imagem("CMYK"), b"Adobe"),
    "heic": ("IMG_1.HEIC", hostis.imagem("RGB", (64, 48), "HEIF"), b"ftyp"),
    "20 MB less a byte": ("certidao.pdf", _de(tamanho.LIMITE - 1), b"MZ"),
    "20 MB": ("certidao.pdf", _de(tamanho.LIMITE), b"MZ"),
}

NOMES = ["../../etc/passwd.pdf", "a\0b.pdf", "fdp.\u202eexe.pdf", "ç" * 251 + ".pdf", "  x .pdf", "CON.pdf"]


def _enviar(nome: str, conteudo: bytes) -> Arquivo:
    return apoio.receber(None, fabricas.enviado(nome, conteudo)).arquivos.get()


def _examinar(arquivo: Arquivo) -> Arquivo:
    exame.examinar(arquivo.pk)
    return Arquivo.objects.get(pk=arquivo.pk)


def _servidos(arquivo: Arquivo) -> list[bytes | None]:
    """The bytes that leave for who keeps the folder: the file and its first page. None where nothing does."""
    assert arquivo.enviado_por is not None
    PastaPessoal.objects.get_or_create(usuario=arquivo.enviado_por, pasta=arquivo.documentos.get().pasta)
    cliente = apoio.entrar(arquivo.enviado_por)
    respostas: list[Any] = [
        cliente.get(reverse("arquivo", args=[arquivo.uuid])),
        cliente.get(reverse("previa", args=[arquivo.uuid, 1])),
    ]
    return [apoio.ler(r) if r.status_code == 200 else None for r in respostas]


@pytest.mark.parametrize(("nome", "conteudo", "dito"), NA_HORA.values(), ids=NA_HORA)
def test_is_told_at_once_and_not_kept(nome: str, conteudo: bytes, dito: str) -> None:
    with pytest.raises(ArquivoRecusado, match=dito):
        _enviar(nome, conteudo)
    assert not Arquivo.objects.exists()


@pytest.mark.parametrize(("nome", "conteudo", "dito"), DEPOIS.values(), ids=DEPOIS)
def test_goes_back_to_the_person_and_is_never_shown(nome: str, conteudo: bytes, dito: str) -> None:
    arquivo = _enviar(nome, conteudo)
    assert _servidos(arquivo) == [None, None]
    arquivo = _examinar(arquivo)
    assert arquivo.estado == Arquivo.Estado.COM_PROBLEMA
    recusa = arquivo.verificacoes.get(situacao="reprovado")
    assert dito in recusa.detalhe
    assert recusa.conselho
    assert _servidos(arquivo) == [None, None]


@pytest.mark.parametrize(("nome", "conteudo", "ausente"), PASSAM.values(), ids=PASSAM)
def test_is_shown_harmless_and_only_when_clean(nome: str, conteudo: bytes, ausente: bytes) -> None:
    arquivo = _enviar(nome, conteudo)
    assert _servidos(arquivo) == [None, None]
    arquivo = _examinar(arquivo)
    assert arquivo.pronto, [str(v) for v in arquivo.verificacoes.all()]
    entregue, pagina = _servidos(arquivo)
    assert entregue is not None
    assert pagina is not None
    assert ausente not in entregue
    with Image.open(io.BytesIO(pagina)) as desenhada:
        desenhada.load()
    assert guarda.ler(arquivo) == conteudo


def test_what_is_zipped_deeper_than_the_scanner_looks_is_held() -> None:
    arquivo = _examinar(_enviar("a.pdf", hostis.pdf_com_virus(hostis.zips_fundos())))
    assert arquivo.estado == Arquivo.Estado.RETIDO
    assert _servidos(arquivo) == [None, None]


def test_a_bomb_is_given_back_within_the_limits_of_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    limite = isolada(filhos.memoria_do_processo) + 60 * 1024 * 1024
    monkeypatch.setattr(isolamento, "MEMORIA", limite)
    arquivo = _examinar(_enviar("a.pdf", hostis.pdf_bomba(100)))
    assert arquivo.estado == Arquivo.Estado.COM_PROBLEMA


@pytest.mark.parametrize("nome", NOMES)
def test_a_name_that_tricks_shows_what_it_is(nome: str) -> None:
    arquivo = _examinar(_enviar(nome, PDF))
    assert arquivo.pronto
    assert arquivo.nome.endswith("pdf")
    assert len(arquivo.nome) <= 130
    assert not set("/\\\0\u202e") & set(arquivo.nome)
    assert arquivo.nome not in arquivo.chave
