"""Somebody of the legacy registry, from the mail to the list of what is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal

_MIGRADA = (
    "from tests.convenentes.legado.migradas import migrada; "
    "migrada(cpf={cpf!r}, nome_civil={nome!r}, email={email!r})"
)
_ENTREGAR = "from cagec.correio.entrega import varrer; varrer()"


@contextmanager
def _webmail(link: str) -> Iterator[str]:
    """The page of another site that has the link of a mail; give its address."""

    class Pagina(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<title>Webmail</title><a href='{link}'>Criar minha senha</a>".encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Pagina) as servidor:
        Thread(target=servidor.serve_forever, daemon=True).start()
        yield f"http://localhost:{servidor.server_port}/"
        servidor.shutdown()


def test_who_comes_from_the_legacy_registry_creates_a_password_and_sees_what_is_missing(
    pessoas: Pessoas, portal: Portal
) -> None:
    """The link is followed from a webmail of another site, whose page brings no cookie.

    The portal learns that somebody touched the page of the link; the page itself is only read.
    """
    dora = passos.nova_pessoa(pessoas, 370_001, "Dora Migrada Fictícia")
    criar = _MIGRADA.format(cpf=dora.cpf, nome=dora.nome, email=dora.email)
    portal.gerenciar("shell", "--no-imports", "-c", criar)
    portal.gerenciar("legado", "convidar", "--gravar")
    portal.gerenciar("shell", "--no-imports", "-c", _ENTREGAR)
    dora.ler_email("crie sua senha no novo portal")
    link = dora.pagina.locator("article a[href*='/definir-senha/']").first.get_attribute("href")
    dora.contexto.clear_cookies()
    with _webmail(str(link)) as webmail:
        dora.pagina.goto(webmail)
        dora.seguir(dora.pagina.get_by_role("link", name="Criar minha senha"))
    with dora.pagina.expect_response("**/aberta/") as resposta:
        dora.pagina.locator("h1").click()
    assert resposta.value.status == 204
    dora.definir_senha()
    dora.clicar("Conferir o que veio")
    assert dora.le("Seu papel: Responsável pelas informações")
    assert dora.le("O que falta")
