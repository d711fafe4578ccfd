"""The front page opens in a browser and asks nothing from other machines."""

from tests.jornadas.conftest import Pessoas


def test_the_front_page_opens_with_its_style(pessoas: Pessoas) -> None:
    pagina = pessoas.nova().new_page()
    falhas: list[str] = []
    pagina.on("response", lambda r: falhas.append(r.url) if r.status >= 400 else None)
    pagina.on("console", lambda m: falhas.append(m.text) if m.type == "error" else None)
    resposta = pagina.goto("/")
    assert resposta is not None
    assert resposta.status == 200
    assert pagina.locator("h1").count() == 1
    assert falhas == []
