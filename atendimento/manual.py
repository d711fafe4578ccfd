"""The manual: the shipped pages (``atendimento/manual/``), what the team published over them, and their search."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from atendimento.marcacao import LigacaoQuebradaError, html, so_texto
from atendimento.models import VersaoDaPagina
from contas.models import Usuario
from convenentes.texto import normalizar

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
_PALAVRAS_DE_UMA_BUSCA = 6
_PARECIDA = 0.85  # “asinar” is like “assinar”, “senhora” is not like “senha”


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
def de_fabrica() -> dict[str, Pagina]:
    """Return the shipped pages by path, in the order of the contents."""
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


def paginas() -> dict[str, Pagina]:
    """Return every page as it is published, by path. One query."""
    atuais = dict(de_fabrica())
    for versao in ultimas_versoes().values():
        original = atuais.get(versao.caminho)
        if original and versao.texto:
            atuais[original.caminho] = _publicada(original, versao)
    return atuais


def _publicada(original: Pagina, versao: VersaoDaPagina) -> Pagina:
    """Return the team's page; the shipped one when a link of the team's leads nowhere any more."""
    try:
        html(versao.texto)
    except LigacaoQuebradaError:
        return original
    dia = timezone.localdate(versao.criada_em)
    return replace(original, titulo=versao.titulo, resumo=versao.resumo, texto=versao.texto, atualizada=dia)


def ultimas_versoes() -> dict[str, VersaoDaPagina]:
    """Return the newest version of each page that the team ever changed, by path."""
    return {v.caminho: v for v in VersaoDaPagina.objects.order_by("caminho", "-numero").distinct("caminho")}


def publicar(
    caminho: str, autor: Usuario, sobre: int, titulo: str, resumo: str, texto: str
) -> VersaoDaPagina:
    """Publish a new version over version ``sobre`` (0: the shipped text). Without text, the shipped one comes back.

    Raises IntegrityError when somebody else published meanwhile.
    """
    return VersaoDaPagina.objects.create(
        caminho=caminho,
        numero=sobre + 1,
        titulo=titulo,
        resumo=resumo,
        texto=texto,
        autor=autor,
        fabrica=impressao(de_fabrica()[caminho]),
    )


def impressao(pagina: Pagina) -> str:
    """Return the SHA-256 of what a page says."""
    return sha256(f"{pagina.titulo}\n{pagina.resumo}\n{pagina.texto}".encode()).hexdigest()


def mudou_na_fabrica(versao: VersaoDaPagina) -> bool:
    """Say whether the shipped text changed since the team wrote over it."""
    original = de_fabrica().get(versao.caminho)
    return bool(versao.texto and original and versao.fabrica != impressao(original))


@cache
def por_tela() -> dict[str, Pagina]:
    """Return the page that helps on each route, by the name of the route."""
    return {tela: pagina for pagina in de_fabrica().values() for tela in pagina.telas}


@cache
def enderecos_antigos() -> dict[str, str]:
    """Return the path of today by each path of the manual before."""
    return {antigo: p.caminho for p in de_fabrica().values() for antigo in p.antigos}


@dataclass(frozen=True)
class Achado:
    """A page found, with the piece of its text that holds the words, marked."""

    pagina: Pagina
    trecho: SafeString


def procurar(texto: str, limite: int = 10) -> list[Achado]:
    """Return the pages that speak of ``texto``, best first; any of its words is enough. Accents do not matter."""
    todas = list(paginas().values())
    titulos = [f"{p.titulo}. {' '.join(p.perguntas)}" for p in todas]
    resumos = [". ".join([p.resumo, *(secao for _, secao in html(p.texto).secoes)]) for p in todas]
    corpos = [so_texto(p.texto) for p in todas]
    da_equipe = [p.publico == "equipe" for p in todas]
    pedido = _corrigido(texto[:300], " ".join(titulos + resumos + corpos))
    with connection.cursor() as cursor:
        cursor.execute(_BUSCA, [titulos, resumos, corpos, da_equipe, pedido, pedido, limite])
        linhas = cursor.fetchall()
    return [Achado(todas[ordem - 1], _marcado(trecho)) for ordem, trecho in linhas]


def _corrigido(pedido: str, escrito: str) -> str:
    """Return a short ``pedido`` with each word that no page has as the word most like it, if one is."""
    if len(pedido.split()) > _PALAVRAS_DE_UMA_BUSCA:
        return pedido
    conhecidas = set(re.findall(r"\w{4,}", normalizar(escrito)))

    def corrigir(achada: re.Match[str]) -> str:
        palavra = normalizar(achada[0])
        parecidas = [] if palavra in conhecidas else get_close_matches(palavra, conhecidas, 1, _PARECIDA)
        return parecidas[0] if parecidas else achada[0]

    return re.sub(r"\w{4,}", corrigir, pedido)


def _marcado(trecho: str) -> SafeString:
    seguro = escape(trecho).replace(_INICIO, "<mark>").replace(_FIM, "</mark>")
    return mark_safe(seguro)  # noqa: S308  escaped on the line above


# The manual is some dozens of short pages: they are analysed on the spot, so that no index can grow old. Pages
# with the whole phrase come first; then title and questions count more than headings, and these more than the text.
# Words that say nothing are left out while they still have their accents: “nao” would be a word like others.
# What was written for the team weighs half.
_BUSCA = f"""
WITH pagina AS (
    SELECT ordem, corpo, da_equipe,
           setweight(to_tsvector('manual', titulo), 'A') || setweight(to_tsvector('manual', resumo), 'B')
           || setweight(to_tsvector('manual', corpo), 'D') AS palavras
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::bool[])
         WITH ORDINALITY AS t (titulo, resumo, corpo, da_equipe, ordem)
), pedido AS (
    SELECT replace(plainto_tsquery('manual', string_agg(palavra, ' '))::text, '&', '|')::tsquery AS palavras,
           phraseto_tsquery('manual', %s) AS frase
    FROM regexp_split_to_table(%s, '\\s+') AS palavra
    WHERE ts_lexize('portuguese_stem', palavra) <> '{{}}'
), achada AS (
    SELECT ordem, corpo, pedido.palavras, pagina.palavras @@ frase AS inteira,
           ts_rank(pagina.palavras, pedido.palavras) / (1 + da_equipe::int) AS nota
    FROM pagina JOIN pedido ON pagina.palavras @@ pedido.palavras
    ORDER BY inteira DESC, nota DESC, ordem LIMIT %s
)
SELECT ordem, ts_headline('manual', corpo, palavras,
                          'StartSel={_INICIO}, StopSel={_FIM}, MaxFragments=1, MaxWords=30, MinWords=15')
FROM achada ORDER BY inteira DESC, nota DESC, ordem
"""  # noqa: S608  only the two marks are written into it


def da_tela(request: HttpRequest) -> dict[str, object]:
    """Give every page of the portal the page of the manual that helps there, if one does."""
    rota = request.resolver_match.view_name if request.resolver_match else ""
    return {"ajuda_da_tela": por_tela().get(rota) or por_tela().get(rota.rpartition("_")[0])}
