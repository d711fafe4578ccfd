"""A file is examined after it was kept; nothing is shown of it before that ended well."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cagec.correio.models import Mensagem
from cagec.correio.tipos import redigir
from cagec.embutido.postgres import porta_livre
from contas import fabricas as contas
from documentos import exame, fabricas, guarda
from documentos.models import Arquivo, PastaPessoal, Verificacao
from documentos.verificacoes import isolamento
from tests.documentos import apoio, hostis

pytestmark = pytest.mark.django_db
Estado = Arquivo.Estado


@pytest.fixture
def avisados() -> Iterator[list[tuple[str, str]]]:
    """What the upper floors were told."""
    ditos: list[tuple[str, str]] = []

    def anotar(arquivo: Arquivo) -> None:
        ditos.append((arquivo.nome, arquivo.estado))

    exame.ao_examinar.append(anotar)
    yield ditos
    exame.ao_examinar.remove(anotar)


def _recebido(nome: str = "certidao.pdf", conteudo: bytes | None = None) -> Arquivo:
    enviado = fabricas.enviado(nome, fabricas.pdf("Certidão") if conteudo is None else conteudo)
    return apoio.receber(None, enviado).arquivos.get()


def _examinado(*args: Any) -> Arquivo:
    arquivo = _recebido(*args)
    exame.examinar(arquivo.pk)
    return Arquivo.objects.get(pk=arquivo.pk)


def _dono(arquivo: Arquivo) -> Client:
    assert arquivo.enviado_por is not None
    PastaPessoal.objects.create(usuario=arquivo.enviado_por, pasta=arquivo.documentos.get().pasta)
    return apoio.entrar(arquivo.enviado_por)


def _enderecos(arquivo: Arquivo) -> list[str]:
    return [
        reverse("arquivo", args=[arquivo.uuid]),
        reverse("previa", args=[arquivo.uuid, 1]),
        reverse("arquivo_original", args=[arquivo.uuid]),
    ]


def _situacao(cliente: Client, endereco: str) -> int:
    resposta = cliente.get(endereco)
    apoio.ler(resposta)
    return int(resposta.status_code)


@pytest.mark.parametrize("estado", [e for e in Estado if e != Estado.PRONTO])
def test_no_address_of_a_file_gives_anything_before_its_checks_ended_well(estado: str) -> None:
    arquivo = apoio.anexar().arquivos.get()
    cliente = _dono(arquivo)
    administrador = apoio.entrar(contas.usuario(is_staff=True, is_superuser=True))
    assert [_situacao(cliente, e) for e in _enderecos(arquivo)] == [200, 200, 404]
    Arquivo.objects.filter(pk=arquivo.pk).update(estado=estado)
    for quem in (cliente, administrador):
        assert [_situacao(quem, e) for e in _enderecos(arquivo)] == [404, 404, 404]


def test_a_file_waits_as_received_and_ends_ready(avisados: list[tuple[str, str]]) -> None:
    arquivo = _recebido()
    assert (arquivo.estado, list(Arquivo.objects.a_examinar(timezone.now()))) == (Estado.RECEBIDO, [arquivo])
    assert exame.varrer() == 1
    arquivo.refresh_from_db()
    assert (arquivo.estado, arquivo.examinar_em) == (Estado.PRONTO, None)
    assert exame.varrer() == 0
    assert avisados == [("certidao.pdf", Estado.PRONTO)]


def test_twice_is_once(avisados: list[tuple[str, str]]) -> None:
    arquivo = _examinado("foto.jpg", fabricas.foto())
    ditos = arquivo.verificacoes.count()
    exame.examinar(arquivo.pk)
    assert (arquivo.verificacoes.count(), arquivo.copias.count(), len(avisados)) == (ditos, 1, 1)


def test_a_damaged_file_goes_back_with_what_is_wrong_and_what_to_do() -> None:
    arquivo = _examinado("ata.pdf", b"%PDF-1.7\n" + b"lixo " * 99 + b"%%EOF")
    assert arquivo.estado == Estado.COM_PROBLEMA
    recusa = arquivo.verificacoes.get(situacao=Verificacao.Situacao.REPROVADO)
    assert recusa.detalhe == "o PDF está danificado ou incompleto."
    assert recusa.conselho
    mensagem = Mensagem.objects.get(tipo="documentos.arquivo_com_problema")
    assert mensagem.usuario == arquivo.enviado_por
    corpo = redigir(mensagem.tipo, mensagem.contexto)
    assert "O PDF está danificado ou incompleto. Gere ou baixe o PDF de novo" in "\n".join(corpo.paragrafos)


def test_what_is_active_leaves_what_is_shown_and_stays_in_what_was_sent() -> None:
    documento = hostis.pdf_em_branco()
    hostis.com_anexo(documento)
    sujo = hostis.salvar(documento, compress_streams=False)
    arquivo = _examinado("ata.pdf", sujo)
    assert arquivo.pronto
    assert guarda.ler(arquivo) == sujo
    mostrado = apoio.ler(_dono(arquivo).get(_enderecos(arquivo)[0]))
    assert hostis.SEGREDO in sujo
    assert hostis.SEGREDO not in mostrado
    assert arquivo.servido.papel == Arquivo.Papel.SANEADO


def test_only_the_team_gets_the_very_bytes_that_were_sent() -> None:
    arquivo = _examinado("foto.jpg", fabricas.foto())
    original = _enderecos(arquivo)[2]
    assert _dono(arquivo).get(original).status_code == 404
    chefe = contas.usuario(is_staff=True, is_superuser=True)
    PastaPessoal.objects.filter(pasta__documentos__arquivos=arquivo).update(usuario=chefe)
    resposta = apoio.entrar(chefe).get(original)
    assert apoio.ler(resposta) == fabricas.foto()
    assert resposta["Content-Disposition"] == 'attachment; filename="foto.jpg"'
    assert resposta["Cache-Control"] == "private, no-store"


def test_a_photo_is_shown_upright_and_without_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways
    exif.get_ifd(0x8825)[2] = (20.0, 23.0, 8.0)
    arquivo = _examinado("foto.jpg", hostis.imagem(tamanho=(80, 60), exif=exif))
    with Image.open(io.BytesIO(guarda.ler(arquivo.servido))) as mostrada:
        assert mostrada.size == (60, 80)
        assert not mostrada.getexif()


def test_a_photo_of_an_iphone_is_shown_as_jpeg() -> None:
    arquivo = _examinado("IMG_1.HEIC", hostis.imagem("RGB", (64, 48), "HEIF"))
    resposta = _dono(arquivo).get(_enderecos(arquivo)[0])
    assert apoio.ler(resposta).startswith(b"\xff\xd8")
    assert resposta["Content-Disposition"] == 'attachment; filename="IMG_1.jpg"'
    assert resposta["Content-Type"] == "image/jpeg"


@pytest.mark.usefixtures("clamd")
def test_a_virus_goes_back_to_the_person_and_nothing_else_is_tried() -> None:
    arquivo = _examinado("ata.pdf", hostis.pdf_com_virus(hostis.eicar()))
    assert arquivo.estado == Estado.COM_PROBLEMA
    assert [v.nome for v in arquivo.verificacoes.all()] == ["formato", "antivirus"]


@pytest.mark.usefixtures("clamd")
def test_what_the_scanner_suspects_is_held_until_a_person_releases_it() -> None:
    arquivo = _examinado("ata.pdf", hostis.pdf_com_virus(hostis.zips_fundos()))
    assert arquivo.estado == Estado.RETIDO
    assert exame.varrer() == 0
    exame.liberar(arquivo, contas.usuario(nome_civil="Ana Lista"))
    arquivo.refresh_from_db()
    assert arquivo.pronto
    assert arquivo.verificacoes.get(nome="liberacao").detalhe == "liberado por Ana Lista"
    with pytest.raises(exame.NaoEstaRetido):
        exame.devolver(arquivo, contas.usuario())


@pytest.mark.usefixtures("clamd")
def test_or_until_a_person_gives_it_back() -> None:
    arquivo = _examinado("ata.pdf", hostis.pdf_com_virus(hostis.zips_fundos()))
    exame.devolver(arquivo, contas.usuario())
    arquivo.refresh_from_db()
    assert arquivo.estado == Estado.COM_PROBLEMA


def test_with_the_scanner_down_files_are_taken_and_wait(clamd: str, settings: Any) -> None:
    settings.CLAMD_ENDERECO = f"127.0.0.1:{porta_livre()}"
    arquivo = _examinado()
    assert arquivo.estado == Estado.EM_VERIFICACAO
    assert arquivo.examinar_em is not None
    assert arquivo.examinar_em > timezone.now()
    Arquivo.objects.update(examinar_em=timezone.now())
    assert exame.varrer() == 0
    settings.CLAMD_ENDERECO = clamd
    assert exame.varrer() == 1
    arquivo.refresh_from_db()
    assert arquivo.pronto


def test_a_stored_object_that_cannot_be_read_keeps_the_file_waiting() -> None:
    arquivo = _recebido()
    Arquivo.objects.filter(pk=arquivo.pk).update(chave="00/nenhuma")
    exame.examinar(arquivo.pk)
    assert Arquivo.objects.get(pk=arquivo.pk).estado == Estado.EM_VERIFICACAO
    Arquivo.objects.filter(pk=arquivo.pk).update(chave=arquivo.chave, examinar_em=timezone.now())
    assert exame.varrer() == 1
    assert Arquivo.objects.get(pk=arquivo.pk).pronto


def test_what_takes_longer_than_a_quarter_of_an_hour_is_told_apart() -> None:
    arquivo = _recebido()
    assert not arquivo.demora
    Arquivo.objects.update(criado_em=timezone.now() - timedelta(minutes=16))
    arquivo = Arquivo.objects.get()
    assert arquivo.demora
    assert list(Arquivo.objects.parados(timezone.now())) == [arquivo]
    exame.examinar(arquivo.pk)
    assert not Arquivo.objects.parados(timezone.now())


def test_a_file_that_another_queue_brings_is_not_swept() -> None:
    Arquivo.objects.filter(pk=_recebido().pk).update(examinar_em=None)
    assert exame.varrer() == 0


def test_what_is_too_complex_goes_back_and_the_next_one_is_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    complexo, simples = _recebido(), _recebido()
    with monkeypatch.context() as troca:
        troca.setattr(isolamento, "SEGUNDOS", 0)
        exame.examinar(complexo.pk)
    exame.examinar(simples.pk)
    assert Arquivo.objects.get(pk=complexo.pk).estado == Estado.COM_PROBLEMA
    assert Arquivo.objects.get(pk=simples.pk).pronto


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_file_examine_it_once() -> None:
    arquivo = _recebido()
    _ao_mesmo_tempo(arquivo.pk)
    assert arquivo.verificacoes.filter(nome="pdf").count() == 1


def _ao_mesmo_tempo(pk: int) -> None:
    def examinar(_vez: int) -> None:
        try:
            exame.examinar(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as trabalhadores:
        list(trabalhadores.map(examinar, range(3)))
