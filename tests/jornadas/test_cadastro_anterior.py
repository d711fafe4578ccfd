"""Somebody of the legacy registry, from the mail to the list of what is missing."""

from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal

_MIGRADA = (
    "from tests.convenentes.legado.migradas import migrada; "
    "migrada(cpf={cpf!r}, nome_civil={nome!r}, email={email!r})"
)
_ENTREGAR = "from cagec.correio.entrega import varrer; varrer()"


def test_who_comes_from_the_legacy_registry_creates_a_password_and_sees_what_is_missing(
    pessoas: Pessoas, portal: Portal
) -> None:
    """The portal learns that somebody touched the page of the link; the page itself is only read."""
    dora = passos.nova_pessoa(pessoas, 360_001, "Dora Migrada Fictícia")
    criar = _MIGRADA.format(cpf=dora.cpf, nome=dora.nome, email=dora.email)
    portal.gerenciar("shell", "--no-imports", "-c", criar)
    portal.gerenciar("legado", "convidar", "--gravar")
    portal.gerenciar("shell", "--no-imports", "-c", _ENTREGAR)
    dora.ler_email("crie sua senha no novo portal")
    dora.seguir(dora.pagina.locator("article a[href*='/definir-senha/']").first)
    with dora.pagina.expect_response("**/aberta/") as resposta:
        dora.pagina.locator("h1").click()
    assert resposta.value.status == 204
    dora.definir_senha()
    dora.clicar("Conferir o que veio")
    assert dora.le("Seu papel: Responsável pelas informações")
    assert dora.le("O que falta")
