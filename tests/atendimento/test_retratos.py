"""The pictures of the manual: every one is there, described, taken by a journey, and used."""

import re
from pathlib import Path

from PIL import Image

from atendimento import manual
from atendimento.marcacao import retratos

RAIZ = Path(__file__).parents[2]
PASTA = RAIZ / "static" / "manual"
TRES_MEGAS = 3 * 1024 * 1024


def _nas_paginas() -> set[str]:
    return {nome for pagina in manual.de_fabrica().values() for nome in retratos(pagina.texto)}


def test_the_pages_show_the_pictures_that_there_are() -> None:
    assert {arquivo.stem for arquivo in PASTA.iterdir()} == _nas_paginas()


def test_every_picture_is_taken_by_a_journey() -> None:
    jornadas = "".join(arquivo.read_text() for arquivo in (RAIZ / "tests" / "jornadas").glob("*.py"))
    assert set(re.findall(r'\.retratar\("([\w-]+)"\)', jornadas)) == _nas_paginas()


def test_every_picture_says_what_it_shows() -> None:
    for pagina in manual.de_fabrica().values():
        assert "![](" not in pagina.texto, pagina.caminho


def test_the_pictures_are_small() -> None:
    arquivos = list(PASTA.iterdir())
    assert sum(arquivo.stat().st_size for arquivo in arquivos) <= TRES_MEGAS
    for arquivo in arquivos:
        with Image.open(arquivo) as imagem:
            assert imagem.width <= 1280, arquivo.name
