"""The manual: its pages, one file each in ``atendimento/manual/``, and their search."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from django.db import connection
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from atendimento.marcacao import so_texto

PASTA = Path(__file__).parent / "manual"
PUBLICOS = {
    "publico": "Para todos",
    "usuario": "Para quem tem ou quer um cadastro",
    "responsavel": "Para quem prepara a documentação",
    "representante": "Para o representante legal",
    "concedente": "Para órgãos do Estado",
    "equipe": "Para a equipe CAGEC",
}
_INICIO, _FIM = "\ue000", "\ue001"  # marks of a found word, of private use: no text has them


@dataclass(frozen=True)
class Pagina:
    """A page as it is read today. ``telas`` are the routes that link to it, ``antigos`` its former paths."""

    caminho: str
    titulo: str
    resumo: str
    publico: str
    ordem: int
    atualizada: date
    texto: str = field(repr=False)
    perguntas: tuple[str, ...] = ()
    telas: tuple[str, ...] = ()
    antigos: tuple[str, ...] = ()


@cache
def paginas() -> dict[str, Pagina]:
    """Return every page by path, in the order of the contents."""
    lidas = [_ler(arquivo) for arquivo in PASTA.rglob("*.md")]
    publicos = list(PUBLICOS)
    lidas.sort(key=lambda p: (publicos.index(p.publico), p.ordem, p.titulo))
    return {p.caminho: p for p in lidas}


def _ler(arquivo: Path) -> Pagina:
    _, cabecalho, texto = arquivo.read_text("utf-8").split("+++\n", 2)
    dados = tomllib.loads(cabecalho)
    for nome in ("perguntas", "telas", "antigos"):
        dados[nome] = tuple(dados.get(nome, ()))
    caminho = arquivo.relative_to(PASTA).with_suffix("").as_posix()
    return Pagina(caminho=caminho, texto=texto.strip(), **dados)


@cache
def por_tela() -> dict[str, Pagina]:
    """Return the page that helps on each route, by the name of the route."""
    return {tela: pagina for pagina in paginas().values() for tela in pagina.telas}


@cache
def enderecos_antigos() -> dict[str, str]:
    """Return the path of today by each path of the manual before."""
    return {antigo: p.caminho for p in paginas().values() for antigo in p.antigos}


@dataclass(frozen=True)
class Achado:
    """A page found, with the piece of its text that holds the words, marked."""

    pagina: Pagina
    trecho: SafeString


def procurar(texto: str, limite: int = 10) -> list[Achado]:
    """Return the pages that speak of ``texto``, best first; any of its words is enough. Accents do not matter."""
    todas = list(paginas().values())
    corpos = [so_texto(p.texto) for p in todas]
    titulos = [f"{p.titulo} {' '.join(p.perguntas)}" for p in todas]
    with connection.cursor() as cursor:
        cursor.execute(_BUSCA, [titulos, [p.resumo for p in todas], corpos, texto[:300], limite])
        linhas = cursor.fetchall()
    return [Achado(todas[ordem - 1], _marcado(trecho)) for ordem, trecho in linhas]


def _marcado(trecho: str) -> SafeString:
    seguro = escape(trecho).replace(_INICIO, "<mark>").replace(_FIM, "</mark>")
    return mark_safe(seguro)  # noqa: S308  escaped on the line above


# The manual is some dozens of short pages: they are analysed on the spot, so that no index can grow old.
_BUSCA = f"""
WITH pagina AS (
    SELECT ordem, corpo,
           setweight(to_tsvector('manual', titulo), 'A') || setweight(to_tsvector('manual', resumo), 'B')
           || setweight(to_tsvector('manual', corpo), 'D') AS palavras
    FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS t (titulo, resumo, corpo, ordem)
), pedido AS (
    SELECT replace(plainto_tsquery('manual', %s)::text, '&', '|')::tsquery AS palavras
), achada AS (
    SELECT ordem, corpo, pedido.palavras, ts_rank(pagina.palavras, pedido.palavras) AS nota
    FROM pagina JOIN pedido ON pagina.palavras @@ pedido.palavras
    ORDER BY nota DESC, ordem LIMIT %s
)
SELECT ordem, ts_headline('manual', corpo, palavras,
                          'StartSel={_INICIO}, StopSel={_FIM}, MaxFragments=1, MaxWords=30, MinWords=15')
FROM achada ORDER BY nota DESC, ordem
"""  # noqa: S608  only the two marks are written into it


def da_tela(request: HttpRequest) -> dict[str, object]:
    """Give every page of the portal the page of the manual that helps there, if one does."""
    rota = request.resolver_match.view_name if request.resolver_match else ""
    return {"ajuda_da_tela": por_tela().get(rota) or por_tela().get(rota.rpartition("_")[0])}
