"""The mailbox that mails come back to, on a real IMAP server: each report once, nothing lost, no forgery believed."""

import imaplib
import ssl
from typing import Any

import pytest

from cagec.correio import devolucoes, entrada, entrega, tasks
from cagec.correio.entrada import NAO_ENTENDIDAS, PROCESSADAS
from cagec.correio.models import Devolucao, Mensagem
from tests.correio.devolvida import recebido, relatorio
from tests.correio.imap import SENHA, USUARIO, ServidorImap

pytestmark = pytest.mark.django_db
PARA = "pessoa@example.org"


def _enviada() -> Mensagem:
    return Mensagem.objects.create(chave="x", tipo="teste", para=PARA, estado=Mensagem.Estado.ENVIADA)


def _deixar(caixa: imaplib.IMAP4, *conteudos: bytes) -> None:
    for conteudo in conteudos:
        assert caixa.append("INBOX", "", "", conteudo)[0] == "OK"


def _quantas(caixa: imaplib.IMAP4) -> list[int]:
    """How many messages there are in the inbox, in those understood, and in the others."""
    contadas = []
    for pasta in ("INBOX", PROCESSADAS, NAO_ENTENDIDAS):
        resposta, (quantas, *_) = caixa.select(f'"{pasta}"')
        contadas.append(int(quantas or 0) if resposta == "OK" else 0)  # nobody made the folder yet
    return contadas


def test_a_report_is_written_and_moved(caixa: imaplib.IMAP4) -> None:
    mensagem = _enviada()
    _deixar(caixa, relatorio(mensagem))
    tasks.receber()
    devolucao = Devolucao.objects.get()
    assert (devolucao.mensagem, devolucao.definitiva, devolucao.codigo) == (mensagem, True, "5.1.1")
    assert devolucao.detalhe == "smtp; 550 5.1.1 User unknown"
    assert _quantas(caixa) == [0, 1, 0]


@pytest.mark.parametrize(
    ("acao", "estado", "definitiva"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.2.2", False),
        ("failed", "4.4.7", False),
        ("delayed", "4.2.1", False),
    ],
)
def test_only_what_no_new_try_can_mend_is_for_good(acao: str, estado: str, definitiva: bool) -> None:
    assert entrada.processar(recebido(relatorio(_enviada(), acao=acao, estado=estado))) == PROCESSADAS
    assert Devolucao.objects.get().definitiva == definitiva


def test_the_whole_original_is_understood_too() -> None:
    mensagem = _enviada()
    assert entrada.processar(recebido(relatorio(mensagem, tipo="message/rfc822"))) == PROCESSADAS
    assert Devolucao.objects.get().mensagem == mensagem


def test_the_same_report_read_again_changes_nothing(caixa: imaplib.IMAP4) -> None:
    """As after a kill between writing and moving."""
    conteudo, ouvidas = relatorio(_enviada()), list[Devolucao]()
    devolucoes.ao_devolver.append(ouvidas.append)
    try:
        entrada.processar(recebido(conteudo))
        _deixar(caixa, conteudo)
        assert entrada.receber() == {PROCESSADAS: 1}
    finally:
        devolucoes.ao_devolver.remove(ouvidas.append)
    assert list(Devolucao.objects.all()) == ouvidas
    assert len(ouvidas) == 1


def test_what_is_no_report_of_ours_is_kept_for_a_person(caixa: imaplib.IMAP4) -> None:
    mensagem = _enviada()
    _deixar(
        caixa,
        b"\x00\xff\xfe isto nao e um e-mail",
        relatorio(mensagem, original=f"<{mensagem.pk}.inventada@governo.mg.gov.br>"),
        relatorio(mensagem, original="<outra@example.org>"),
        relatorio(mensagem, acao="delivered", estado="2.0.0"),
        relatorio(mensagem).split(b"Final-Recipient")[0],
    )
    assert entrada.receber() == {NAO_ENTENDIDAS: 5}
    assert _quantas(caixa) == [0, 0, 5]
    assert not Devolucao.objects.exists()


def test_when_something_breaks_the_message_stays_and_the_others_are_read(caixa: imaplib.IMAP4) -> None:
    boa = _enviada()
    ruim = Mensagem.objects.create(chave="y", tipo="teste", para=PARA)

    def quebrar(devolucao: Devolucao) -> None:
        if devolucao.mensagem == ruim:
            raise RuntimeError

    devolucoes.ao_devolver.append(quebrar)
    try:
        _deixar(caixa, relatorio(ruim), relatorio(boa))
        entrada.receber()
    finally:
        devolucoes.ao_devolver.remove(quebrar)
    assert _quantas(caixa) == [1, 1, 0]
    assert [d.mensagem for d in Devolucao.objects.all()] == [boa]
    entrada.receber()
    assert _quantas(caixa) == [0, 2, 0]
    assert Devolucao.objects.count() == 2


def test_what_a_minute_is_too_short_for_is_read_in_the_next(caixa: imaplib.IMAP4) -> None:
    _deixar(caixa, relatorio(_enviada()))
    assert entrada.receber(segundos=0) == {}
    assert entrada.receber() == {PROCESSADAS: 1}


def test_without_a_mailbox_nothing_is_asked(settings: Any) -> None:
    assert settings.IMAP_HOST == ""
    tasks.receber()


def test_a_mail_that_really_left_is_found_by_the_report_about_it(servidor: Any) -> None:
    mensagem = Mensagem.objects.create(
        chave="z", tipo="contas.ja_cadastrado", para=PARA, estado=Mensagem.Estado.NA_FILA
    )
    entrega.varrer()
    (recebida,) = servidor.recebidas
    assert (
        entrada.processar(recebido(relatorio(mensagem, original=str(recebida["Message-ID"])))) == PROCESSADAS
    )
    assert Devolucao.objects.get().mensagem == mensagem


def test_the_mailbox_is_read_over_tls_from_a_server_whose_certificate_is_trusted(
    caixa: imaplib.IMAP4, imap: ServidorImap, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _deixar(caixa, relatorio(_enviada()))
    settings.IMAP_PORT, settings.IMAP_TLS = imap.porta_tls, True
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificado))
    entrada.receber()
    assert _quantas(caixa) == [0, 1, 0]


def test_a_server_that_nobody_vouches_for_gets_no_password(
    caixa: imaplib.IMAP4, imap: ServidorImap, settings: Any
) -> None:
    _deixar(caixa, relatorio(_enviada()))
    settings.IMAP_PORT, settings.IMAP_TLS = imap.porta_tls, True
    with pytest.raises(ssl.SSLCertVerificationError):
        entrada.receber()
    assert _quantas(caixa) == [1, 0, 0]


def test_a_server_that_stops_in_the_middle_is_read_to_the_end_the_next_time(
    caixa: imaplib.IMAP4, imap: ServidorImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    mensagens = [
        Mensagem.objects.create(chave=str(n), tipo="teste", para=PARA, estado=Mensagem.Estado.ENVIADA)
        for n in range(4)
    ]
    _deixar(caixa, *(relatorio(mensagem) for mensagem in mensagens))
    vistas: list[Devolucao] = []

    def matar_na_segunda(devolucao: Devolucao) -> None:
        vistas.append(devolucao)
        if len(vistas) == 2:
            imap.matar()

    monkeypatch.setattr(devolucoes, "ao_devolver", [matar_na_segunda])
    with pytest.raises((OSError, imaplib.IMAP4.abort)):
        entrada.receber()
    caixa.shutdown()
    imap.subir()
    entrada.receber()
    assert sorted(d.mensagem_id for d in vistas) == [m.pk for m in mensagens]
    assert Devolucao.objects.count() == 4
    with imaplib.IMAP4("127.0.0.1", imap.porta) as outra:
        outra.login(USUARIO, SENHA)
        assert _quantas(outra) == [0, 4, 0]
