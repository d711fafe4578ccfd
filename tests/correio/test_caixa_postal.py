"""The mailbox pages of the embedded default: they exist only where a mailbox was configured, and only read."""

import mailbox
import runpy
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.servicos import RAIZ

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardar(settings: Any, tmp_path: Path) -> Callable[..., str]:
    """Return a function that puts a mail in the mailbox and returns its key."""
    settings.CAIXA_POSTAL = str(tmp_path / "caixa")
    caixa = mailbox.Maildir(settings.CAIXA_POSTAL, create=True)

    def nova(
        para: str,
        assunto: str,
        hora: int = 10,
        texto: str = "Olá.",
        html: bool = False,
        fuso: str = "-0300",
    ) -> str:
        email = EmailMessage()
        email["To"], email["Subject"] = para, assunto
        email["Date"] = f"Mon, 02 Nov 2026 {hora}:00:00 {fuso}"
        email.set_content(texto, subtype="html" if html else "plain")
        return caixa.add(email)

    return nova


def _pagina(client: Client, *args: str, **busca: str) -> str:
    nome = "caixa_postal_mensagem" if args else "caixa_postal"
    return client.get(reverse(nome, args=args), busca).content.decode()


def test_the_newest_mail_comes_first(client: Client, guardar: Callable[..., str]) -> None:
    guardar("ana@example.org", "Mais velha", 9)
    guardar("rui@example.org", "Ação nova", 11)
    pagina = _pagina(client)
    assert pagina.index("Ação nova") < pagina.index("Mais velha")
    assert "02/11/2026 11:00" in pagina


def test_a_date_that_names_no_zone_is_utc(client: Client, guardar: Callable[..., str]) -> None:
    guardar("ana@example.org", "Sem fuso", 12, fuso="-0000")
    assert "02/11/2026 09:00" in _pagina(client)


def test_one_receiver_can_be_picked_in_any_case(client: Client, guardar: Callable[..., str]) -> None:
    guardar("ana@example.org", "Para Ana")
    guardar("rui@example.org", "Para Rui")
    pagina = _pagina(client, para=" ANA@example.org ")
    assert "Para Ana" in pagina
    assert "Para Rui" not in pagina
    assert "Nenhum e-mail foi enviado para “eva”" in _pagina(client, para="eva")


@pytest.mark.parametrize("pasta", ["", "nova"])
def test_an_empty_mailbox_says_so(client: Client, settings: Any, tmp_path: Path, pasta: str) -> None:
    settings.CAIXA_POSTAL = str(tmp_path / "não existe")
    if pasta:
        mailbox.Maildir(settings.CAIXA_POSTAL, create=True)
    assert "Nenhum e-mail foi enviado ainda" in _pagina(client)


def test_a_mail_shows_its_links_and_nothing_of_it_runs(client: Client, guardar: Callable[..., str]) -> None:
    chave = guardar(
        "ana@example.org", "Convite", texto="Abra http://testserver/x/ já.\n<script>alert(1)</script>"
    )
    pagina = _pagina(client, chave)
    assert '<a href="http://testserver/x/">http://testserver/x/</a>' in pagina
    assert "&lt;script&gt;" in pagina
    assert "ana@example.org" in pagina


def test_a_mail_without_text_still_opens(client: Client, guardar: Callable[..., str]) -> None:
    chave = guardar("ana@example.org", "Só imagem", texto="<p>Olá</p>", html=True)
    assert "Só imagem" in _pagina(client, chave)


def test_an_unknown_mail_is_not_found(client: Client, guardar: Callable[..., str]) -> None:
    assert client.get(reverse("caixa_postal_mensagem", args=["nada"])).status_code == 404


@pytest.mark.parametrize(("valor", "existe"), [("", False), ("/caixa", True)])
def test_the_pages_exist_only_where_a_mailbox_was_configured(settings: Any, valor: str, existe: bool) -> None:
    settings.CAIXA_POSTAL = valor
    rotas = runpy.run_path(str(RAIZ / "cagec" / "urls.py"))["urlpatterns"]
    assert any(str(rota.pattern) == "caixa-postal/" for rota in rotas) is existe
