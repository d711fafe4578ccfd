"""How many files, and what is said when one of them does not pass."""

import hashlib
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contas import fabricas as contas
from documentos import envio, fabricas, guarda
from documentos.envio import ArquivoRecusado
from documentos.models import Arquivo, Documento, Obtencao, PastaDigital
from documentos.verificacoes import tamanho
from tests.documentos import apoio, hostis

pytestmark = pytest.mark.django_db
PDF = fabricas.pdf("Certidão")


def _pdfs(quantos: int) -> list[SimpleUploadedFile]:
    return [fabricas.enviado(f"{n}.pdf", PDF) for n in range(quantos)]


def _recusa(*arquivos: SimpleUploadedFile, varios: bool = True, selfie: bool = False) -> list[str]:
    obtencao = Obtencao.SELFIE if selfie else Obtencao.UPLOAD
    with pytest.raises(ArquivoRecusado) as recusa:
        apoio.anexar(apoio.tipo(varios_arquivos=varios, obtencao=obtencao), *arquivos)
    assert not Documento.objects.exists()
    assert not Arquivo.objects.exists()
    return recusa.value.mensagens


def test_the_bytes_kept_are_the_bytes_sent(armazem: str) -> None:
    documento = apoio.anexar(None, fabricas.enviado("certidao.pdf", PDF))
    arquivo = documento.arquivos.get()
    assert guarda.ler(arquivo) == PDF
    assert arquivo.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (arquivo.tamanho, arquivo.tipo_midia, arquivo.papel) == (len(PDF), "application/pdf", "original")
    assert arquivo.enviado_por == documento.criado_por


def test_what_each_check_said_is_kept_with_the_file() -> None:
    arquivo = apoio.anexar().arquivos.get()
    ditos = list(arquivo.verificacoes.values_list("nome", "versao", "situacao", "detalhe"))
    sem_antivirus = "não examinado: este portal está sem antivírus."
    assert ditos == [
        ("formato", "3", "aprovado", "application/pdf"),
        ("antivirus", "1", "atencao", sem_antivirus),
        ("pdf", "2", "aprovado", "1 página(s)"),
        ("conteudo ativo", "1", "aprovado", ""),
        ("legibilidade", "1", "aprovado", ""),
    ]


def test_several_files_keep_their_order() -> None:
    documento = apoio.anexar(apoio.tipo(varios_arquivos=True), *_pdfs(envio.MAXIMO_DE_ARQUIVOS))
    em_ordem = documento.documentoarquivo_set.values_list("arquivo__nome", flat=True)
    assert list(em_ordem) == [f"{n}.pdf" for n in range(envio.MAXIMO_DE_ARQUIVOS)]


def test_more_than_twenty_files_are_refused() -> None:
    assert _recusa(*_pdfs(21)) == ["Envie no máximo 20 arquivos. Junte as páginas em um PDF."]


def test_files_of_more_than_sixty_megabytes_in_all_are_refused_unread() -> None:
    grandes = _pdfs(4)
    for arquivo in grandes:
        arquivo.size = 16 * 1024 * 1024
    (mensagem,) = _recusa(*grandes)
    assert mensagem.startswith("Os arquivos somam mais de 60 MB.")


def test_two_files_are_refused_where_one_is_expected() -> None:
    (mensagem,) = _recusa(*_pdfs(2), varios=False)
    assert mensagem == "Este documento aceita um arquivo só. Junte as páginas em um PDF."


def test_no_file_is_refused() -> None:
    pasta, pessoa = PastaDigital.objects.create(), contas.usuario()
    with pytest.raises(ArquivoRecusado, match="Escolha o arquivo a enviar"):
        envio.anexar(pasta, apoio.tipo(), [], pessoa, chave_envio=uuid4())


def test_every_bad_file_is_named_with_its_remedy_and_none_is_kept() -> None:
    mensagens = _recusa(
        fabricas.enviado("boa.pdf", PDF),
        fabricas.enviado("vazia.pdf", b""),
        fabricas.enviado("falsa.pdf", b"MZ" + b"\0" * 99),
        fabricas.enviado("cortada.pdf", PDF[:300]),
        fabricas.enviado("cortada.png", hostis.imagem(formato="PNG")[:60]),
        fabricas.enviado("ata.docx", b"PK\3\4" + b"\0" * 99),
    )
    assert [mensagem.split(":")[0] for mensagem in mensagens] == [
        "vazia.pdf",
        "falsa.pdf",
        "cortada.pdf",
        "cortada.png",
        "ata.docx",
    ]
    assert mensagens[0] == "vazia.pdf: o arquivo está vazio. Abra-o no seu aparelho, confira e envie de novo."


def test_twenty_megabytes_pass_and_one_byte_more_is_not_even_read() -> None:
    limite = PDF + b"\n%" + b"x" * (tamanho.LIMITE - len(PDF) - 8) + b"%%EOF\n"
    assert len(limite) == tamanho.LIMITE
    assert apoio.anexar(None, fabricas.enviado("x.pdf", limite)).arquivos.get().tamanho == tamanho.LIMITE
    enorme = fabricas.enviado("x.pdf", limite + b"\n")
    with pytest.raises(ArquivoRecusado, match="o limite é 20 MB"):
        envio.verificar(enorme)
    assert enorme.tell() == 0


def test_a_selfie_is_a_photo_and_gets_advice_that_never_refuses() -> None:
    selfie = apoio.tipo(obtencao=Obtencao.SELFIE)
    lisa = hostis.imagem(tamanho=(200, 200))
    arquivo = apoio.anexar(selfie, fabricas.enviado("eu.jpg", lisa)).arquivos.get()
    situacoes = set(arquivo.verificacoes.exclude(nome="antivirus").values_list("nome", "situacao"))
    assert situacoes == {("formato", "aprovado"), ("imagem", "aprovado"), ("selfie", "atencao")}
    assert arquivo.pronto


def test_a_damaged_selfie_is_refused_like_any_picture() -> None:
    (mensagem,) = _recusa(fabricas.enviado("eu.jpg", fabricas.foto()[:900]), selfie=True)
    assert mensagem.startswith("eu.jpg: a imagem está danificada ou incompleta.")


def test_a_pdf_is_no_selfie() -> None:
    (mensagem,) = _recusa(fabricas.enviado("eu.pdf", PDF), selfie=True)
    assert mensagem == "eu.pdf: a selfie deve ser uma foto. Envie a foto em JPEG, PNG ou HEIC, não em PDF."


def test_an_ordinary_picture_gets_no_advice_about_faces() -> None:
    arquivo = apoio.anexar(None, fabricas.enviado("frente.jpg", fabricas.foto())).arquivos.get()
    assert not arquivo.verificacoes.filter(nome="selfie").exists()
