"""Mail to the office on a real IMAP server: each mail does what it should once, none is lost, none makes a loop."""

import imaplib
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from atendimento import chamados, entrada, fabricas, mesa
from atendimento.models import Chamado, MensagemDoChamado
from cagec.correio import entrada as caixa_de_entrada
from cagec.correio.entrada import AUTOMATICAS, NAO_ENTENDIDAS, PASTAS, PROCESSADAS
from cagec.correio.models import EmailRecebido, Mensagem
from contas.fabricas import usuario
from documentos.verificacoes import isolamento
from tests.atendimento import emails
from tests.atendimento.emails import CASOS, PESSOA, Conversa, escrita, respondida, so_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversa(caixa: imaplib.IMAP4, correio: Any) -> Conversa:
    """A request of somebody without an account, whose number was mailed."""
    chamado = fabricas.chamado(email=PESSOA, assunto="Não sei o que falta")
    (nossa,) = correio(PESSOA)
    return Conversa(chamado, nossa)


def deixar(caixa: imaplib.IMAP4, *mensagens: EmailMessage | bytes) -> None:
    for mensagem in mensagens:
        conteudo = mensagem if isinstance(mensagem, bytes) else mensagem.as_bytes()
        assert caixa.append("INBOX", "", "", conteudo)[0] == "OK"


def guardadas(caixa: imaplib.IMAP4) -> dict[str, int]:
    """How many mails there are in each folder that has any."""
    contadas = {}
    for pasta in ("INBOX", *PASTAS):
        _, (quantas, *_) = caixa.select(f'"{pasta}"')
        contadas[pasta] = int(quantas or 0)
    return {pasta: quantas for pasta, quantas in contadas.items() if quantas}


def contagem() -> Counter[str]:
    return Counter(
        novos=Chamado.objects.count(),
        mensagens=MensagemDoChamado.objects.count(),
        avisos=Mensagem.objects.count(),
    )


@pytest.mark.parametrize("nome", CASOS)
def test_an_awkward_mail_does_what_it_should_once(
    nome: str, caixa: imaplib.IMAP4, conversa: Conversa
) -> None:
    fazer, esperado = CASOS[nome]
    mensagem, antes = fazer(conversa), contagem()
    deixar(caixa, mensagem)
    assert caixa_de_entrada.receber() == {esperado.pasta: 1}
    deixar(caixa, mensagem)  # as after a kill between writing and moving
    assert caixa_de_entrada.receber() == {esperado.pasta: 1}
    assert guardadas(caixa) == {esperado.pasta: 2}
    depois = contagem()
    assert depois["novos"] - antes["novos"] == esperado.novos
    assert depois["mensagens"] - antes["mensagens"] == esperado.novos + esperado.respostas
    assert depois["avisos"] - antes["avisos"] == esperado.avisos
    if esperado.novos or esperado.respostas:
        _conferir(MensagemDoChamado.objects.latest("pk"), esperado, conversa)


def _conferir(ultima: MensagemDoChamado, esperado: emails.Esperado, conversa: Conversa) -> None:
    assert (ultima.chamado == conversa.chamado) == bool(esperado.respostas)
    if esperado.texto:
        assert ultima.texto == esperado.texto
    if esperado.novos:
        assert ultima.chamado.assunto == esperado.assunto
        assert not ultima.chamado.confirmado
    assert tuple(ultima.arquivos.values_list("nome", flat=True)) == esperado.arquivos
    assert esperado.recusado in ultima.recusados
    assert bool(esperado.recusado) == bool(ultima.recusados)


def test_the_whole_mail_is_kept_beside_what_is_shown(caixa: imaplib.IMAP4, conversa: Conversa) -> None:
    deixar(caixa, respondida(conversa, "Já enviei.\n\n" + emails.CABECALHO_DO_GMAIL + emails.QUOTED))
    caixa_de_entrada.receber()
    ultima = conversa.chamado.mensagens.latest("pk")
    assert ultima.texto == "Já enviei."
    assert "Recebemos seu pedido de ajuda" in ultima.integra


def test_a_mail_that_would_be_read_for_ever_is_left_to_a_person_and_holds_up_no_other(
    caixa: imaplib.IMAP4, conversa: Conversa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolamento, "SEGUNDOS", 2)
    deixar(caixa, so_html("<div>" * 100_000 + "Oi"), escrita("Qual documento falta?"))
    assert caixa_de_entrada.receber() == {NAO_ENTENDIDAS: 1, PROCESSADAS: 1}


def test_what_is_refused_is_said_in_the_answer(
    caixa: imaplib.IMAP4, conversa: Conversa, correio: Any
) -> None:
    deixar(
        caixa,
        emails.com_anexo(respondida(conversa), "planilha.xls", b"\xd0\xcf\x11", "application/vnd.ms-excel"),
    )
    caixa_de_entrada.receber()
    aviso = correio(PESSOA)[-1]
    assert "planilha.xls" in aviso.get_body(("plain",)).get_content()
    assert aviso["Auto-Submitted"] == "auto-replied"


def test_a_forged_sender_carries_nothing_of_its_own_to_the_victim(caixa: imaplib.IMAP4, correio: Any) -> None:
    isca = "www.premio.example"
    forjada = escrita(isca, de=f"{isca} <vitima@example.org>", Subject=isca)
    deixar(caixa, emails.com_anexo(forjada, f"{isca}.exe", b"MZ\x90", "application/octet-stream"))
    caixa_de_entrada.receber()
    (aviso,) = correio("vitima@example.org")
    assert isca not in str(aviso["Subject"])
    assert isca not in aviso.get_body(("html",)).get_content()
    assert "A página do chamado diz quais" in aviso.get_body(("plain",)).get_content()


@pytest.mark.parametrize(("dias", "reabre"), [(6, True), (8, False)])
def test_an_answer_to_a_closed_request_opens_it_or_goes_on_in_another(
    caixa: imaplib.IMAP4, conversa: Conversa, dias: int, reabre: bool
) -> None:
    chamados.encerrar(conversa.chamado, None)
    Chamado.objects.update(encerrado_em=timezone.now() - timedelta(days=dias))
    deixar(caixa, respondida(conversa, "Voltou a falhar"))
    caixa_de_entrada.receber()
    conversa.chamado.refresh_from_db()
    assert (conversa.chamado.estado == Chamado.Estado.REABERTO) == reabre
    continuacoes = conversa.chamado.continuacoes.values_list("email", "confirmado")
    assert list(continuacoes) == ([] if reabre else [(PESSOA, True)])


def test_an_answer_to_a_request_that_was_joined_to_another_goes_there(
    caixa: imaplib.IMAP4, conversa: Conversa, atendente: Any
) -> None:
    outro = fabricas.chamado(email=PESSOA)
    Chamado.objects.update(confirmado=True)
    mesa.juntar(conversa.chamado, outro, atendente)
    deixar(caixa, respondida(conversa, "Mais um dado"))
    caixa_de_entrada.receber()
    assert outro.mensagens.latest("pk").texto == "Mais um dado"


def test_an_address_is_confirmed_by_an_answer_to_what_was_mailed_there(
    caixa: imaplib.IMAP4, conversa: Conversa
) -> None:
    deixar(caixa, respondida(conversa, From="outro@example.org"))
    caixa_de_entrada.receber()
    conversa.chamado.refresh_from_db()
    assert not conversa.chamado.confirmado
    deixar(caixa, respondida(conversa))
    caixa_de_entrada.receber()
    conversa.chamado.refresh_from_db()
    assert conversa.chamado.confirmado


def test_the_address_that_answers_one_request_answers_no_other_and_outlives_a_new_key(
    caixa: imaplib.IMAP4, conversa: Conversa, settings: Any
) -> None:
    outro = fabricas.chamado(email="outra@example.org")
    seu = conversa.resposta_a
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "nova-" * 20
    deixar(
        caixa,
        escrita("Meu", To=seu),
        escrita("Alheio", To=seu.replace(f"+{conversa.chamado.pk}.", f"+{outro.pk}.")),
    )
    caixa_de_entrada.receber()
    assert conversa.chamado.mensagens.latest("pk").texto == "Meu"
    assert outro.mensagens.count() == 1


def test_a_forged_sender_never_reaches_the_pages_of_an_account(caixa: imaplib.IMAP4, client: Any) -> None:
    pessoa = usuario(email=PESSOA)
    fabricas.chamado(pessoa)
    deixar(caixa, escrita("Sou eu, confie", de=PESSOA))
    caixa_de_entrada.receber()
    client.force_login(pessoa)
    assert Chamado.objects.filter(usuario=None, confirmado=False).count() == 1
    assert len(client.get("/chamados/").context["pagina"].object_list) == 1


def test_the_conversation_is_threaded_and_the_answer_of_a_person_is_not_automatic(
    caixa: imaplib.IMAP4, conversa: Conversa, correio: Any, atendente: Any
) -> None:
    chegada = respondida(conversa)
    deixar(caixa, chegada)
    caixa_de_entrada.receber()
    mesa.responder(conversa.chamado, atendente, "Pronto.", chave_envio=conversa.chamado.uuid)
    resposta = correio(PESSOA)[-1]
    assert resposta["In-Reply-To"] == chegada["Message-ID"]
    assert str(resposta["References"]).split() == [chegada["Message-ID"], conversa.identificacao]
    assert resposta["Auto-Submitted"] == "no"
    assert str(resposta["Reply-To"]) == conversa.resposta_a
    assert str(resposta["Reply-To"]).startswith("cagec+")


def test_a_program_that_answers_everything_and_hides_it_is_braked(
    caixa: imaplib.IMAP4, conversa: Conversa, correio: Any
) -> None:
    """Each round it answers all that we mailed to it; without the brake this never ends."""
    vistas: set[str] = set()
    for _ in range(entrada.POR_HORA + 5):
        novas = [m for m in correio(PESSOA) if str(m["Message-ID"]) not in vistas]
        vistas |= {str(m["Message-ID"]) for m in novas}
        deixar(caixa, *(escrita("Recebi sua mensagem", Subject=str(m["Subject"])) for m in novas))
        caixa_de_entrada.receber()
    assert Chamado.objects.count() == entrada.POR_HORA + 1
    assert guardadas(caixa) == {PROCESSADAS: entrada.POR_HORA, NAO_ENTENDIDAS: 1}


def test_nor_does_it_go_on_hour_after_hour(caixa: imaplib.IMAP4, correio: Any) -> None:
    ha_horas = timezone.now() - timedelta(hours=5)
    for n in range(entrada.POR_DIA):
        EmailRecebido.objects.create(resumo=f"{n:064}", remetente=PESSOA, pasta=PROCESSADAS)
    EmailRecebido.objects.update(em=ha_horas)
    deixar(caixa, escrita(), escrita(de="outra@example.org"))
    assert caixa_de_entrada.receber() == {NAO_ENTENDIDAS: 1, PROCESSADAS: 1}
    assert correio(PESSOA) == []


def test_two_absences_do_not_talk_to_each_other(
    caixa: imaplib.IMAP4, conversa: Conversa, correio: Any
) -> None:
    antes = contagem()
    for _ in range(3):
        deixar(caixa, *(respondida(conversa, Auto_Submitted="auto-replied") for _ in correio(PESSOA)))
        caixa_de_entrada.receber()
    assert contagem() == antes
    assert guardadas(caixa) == {AUTOMATICAS: 3}
