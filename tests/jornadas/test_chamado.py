"""Somebody who cannot sign in asks for help, answers by real mail with a file, and scores the help in the end."""

import imaplib
import mailbox
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from convenentes.fabricas import cnpj_ficticio
from documentos.fabricas import pdf
from tests.correio.imap import SENHA, USUARIO
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.passos import Caso

CASO = Caso(27, cnpj_ficticio(800_027), "3999", "osc", "Associação do Chamado", "Presidente")


def test_help_goes_from_the_page_to_the_mailbox_and_back(
    pessoas: Pessoas, portal: Portal, imap: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    quem = passos.elenco(pessoas, CASO)
    pessoa, analista = quem.responsavel, quem.analista
    passos.preparar_analista(analista, portal)

    pessoa.abrir("/entrar/")
    pessoa.seguir(pessoa.pagina.get_by_role("link", name="Preciso de ajuda"))
    pessoa.preencher(cpf=pessoa.cpf, nome=pessoa.nome, email=pessoa.email, categoria="acesso")
    pessoa.preencher(assunto="Não consigo entrar", texto="O link do e-mail não abre.")
    pessoa.pagina.get_by_text("Talvez o manual já responda").wait_for()
    pessoa.retratar("pedir-ajuda")
    pessoa.pagina.get_by_text("Talvez o manual já responda").wait_for()
    pessoa.clicar("Enviar")
    assert pessoa.le("Recebemos seu pedido de ajuda")
    pessoa.ler_email("recebemos seu pedido de ajuda")

    analista.abrir("/admin/atendimento/chamado/")
    analista.seguir(
        analista.pagina.locator("#result_list tr", has_text=pessoa.nome).get_by_role("link").first
    )
    assert analista.le("/entrar/")
    endereco = analista.pagina.url
    responder(analista, "Envie a tela do erro, por favor.", "perguntar")

    pessoa.ler_email("Não consigo entrar")
    chegar(portal, imap, monkeypatch, resposta_a(portal, "Não consigo entrar"))

    analista.abrir(endereco)
    assert analista.le("Aqui está a tela.")
    esperar_arquivo(analista, "tela.pdf")
    analista.retratar("atendimento")
    assert not analista.le("escreveu:")
    responder(analista, "Corrigimos. Tente de novo.", "encerrar")

    pessoa.ler_email("Não consigo entrar")
    pessoa.seguir(pessoa.pagina.locator("article a[href*='/chamados/link/']").first)
    pessoa.preencher(nota=5, comentario="Rápido e claro.")
    pessoa.clicar("Enviar nota")
    assert pessoa.le("Obrigado pela nota")
    analista.abrir(endereco)
    assert analista.le("Rápido e claro.")


def responder(analista: Any, texto: str, como: str) -> None:
    """Answer from the desk."""
    analista.pagina.locator("[name=texto]").fill(texto)
    analista.pagina.locator(f"[name=como][value={como}]").check()
    analista.seguir(analista.pagina.get_by_role("button", name="Enviar", exact=True))
    assert analista.le("Resposta a caminho")


def esperar_arquivo(analista: Any, nome: str) -> None:
    """Look again until the checks of the file have ended."""
    baixar = analista.pagina.get_by_role("link", name=f"Baixar {nome}")
    fim = time.monotonic() + 40
    while not baixar.count() and time.monotonic() < fim:
        time.sleep(0.3)
        analista.pagina.reload()
    assert baixar.count() == 1


def resposta_a(portal: Portal, assunto: str) -> EmailMessage:
    """What the person's mail program sends: a file, and below the text what was answered."""
    caixa = mailbox.Maildir(portal.dados / "caixa-postal", create=False)
    recebidas = [message_from_bytes(caixa.get_bytes(c), policy=policy.default) for c in caixa.keys()]  # noqa: SIM118
    (nossa,) = (m for m in recebidas if assunto in str(m["Subject"]))
    resposta = EmailMessage()
    resposta["From"], resposta["To"] = str(nossa["To"]), "cagec@governo.mg.gov.br"
    resposta["Subject"], resposta["In-Reply-To"] = f"Re: {nossa['Subject']}", str(nossa["Message-ID"])
    resposta.set_content(
        "Aqui está a tela.\n\nEm 26/11/2026, CAGEC escreveu:\n> Envie a tela do erro, por favor.\n"
    )
    resposta.add_attachment(pdf("Tela"), maintype="application", subtype="pdf", filename="tela.pdf")
    return resposta


def chegar(portal: Portal, imap: Any, monkeypatch: pytest.MonkeyPatch, mensagem: EmailMessage) -> None:
    """Let the mail arrive at the office's mailbox, and the portal read it."""
    with imaplib.IMAP4("127.0.0.1", imap.porta) as caixa:
        caixa.login(USUARIO, SENHA)
        caixa.append("INBOX", "", "", mensagem.as_bytes())
    for nome, valor in {
        "HOST": "127.0.0.1",
        "PORT": imap.porta,
        "USER": USUARIO,
        "PASSWORD": SENHA,
        "TLS": 0,
    }.items():
        monkeypatch.setenv(f"IMAP_{nome}", str(valor))
    portal.gerenciar("shell", "-c", "from cagec.correio.tasks import receber; receber()")
