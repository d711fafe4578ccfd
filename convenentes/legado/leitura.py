"""Read an export row by row, whatever its size: a folder or an archive of it, UTF-8 or Latin-1, ``;`` or ``,``."""

import codecs
import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from convenentes.legado.formato import DOCUMENTOS, FORMATOS, NATUREZAS, Formato
from convenentes.texto import normalizar

MAIOR_LINHA = 64 * 1024
_PEDACO = 1024 * 1024


class LegadoRecusado(Exception):
    """The export cannot be read at all. Nothing was written."""


@dataclass(frozen=True)
class Linha:
    """One row of a file. ``defeito`` says why it is not a row of this table."""

    numero: int
    campos: dict[str, str]
    defeito: str = ""


@dataclass(frozen=True)
class Tabela:
    """One CSV file of the export, measured: how many lines it has and how it is written."""

    formato: Formato
    caminho: Path
    linhas: int
    codificacao: str
    separador: str
    colunas: list[str]

    def ler(self, depois_de: int = 0) -> Iterator[Linha]:
        """Yield the rows after a line. A row is one line of the file, so that a bad one never takes others along."""
        with self.caminho.open(encoding=self.codificacao, errors="replace", newline="\n") as aberto:
            for numero, texto in enumerate(aberto, 1):
                if numero > max(depois_de, 1) and texto.strip():
                    yield self._linha(numero, texto)

    def _linha(self, numero: int, texto: str) -> Linha:
        if len(texto) > MAIOR_LINHA or "\0" in texto:
            return Linha(numero, {}, "A linha é longa demais ou não é texto.")
        try:
            campos = next(csv.reader((texto,), delimiter=self.separador, strict=True))
        except csv.Error:
            return Linha(numero, {}, "Há aspas sem fechar.")
        if len(campos) != len(self.colunas):
            return Linha(
                numero, {}, f"A linha tem {len(campos)} colunas e o cabeçalho tem {len(self.colunas)}."
            )
        return Linha(numero, {c: v.strip() for c, v in zip(self.colunas, campos, strict=True)})


@dataclass(frozen=True)
class Exportacao:
    """What was received: its tables, and where the document files are."""

    nome: str
    pasta: Path
    tabelas: list[Tabela]
    sha256: str
    naturezas: dict[str, str] = field(default_factory=dict)

    @property
    def linhas(self) -> int:
        """How many lines all the tables have."""
        return sum(t.linhas for t in self.tabelas)

    @cached_property
    def _raiz(self) -> Path:
        return (self.pasta / DOCUMENTOS).resolve()

    def documento(self, nome: str) -> Path | None:
        """Return the file of that name. A name that leads out of the folder names no file."""
        caminho = (self._raiz / nome.replace("\\", "/")).resolve()
        return caminho if caminho.is_relative_to(self._raiz) and caminho.is_file() else None

    def documentos(self) -> Iterator[str]:
        """Yield the name of every document file."""
        raiz = self.pasta / DOCUMENTOS
        return (str(c.relative_to(raiz)) for c in raiz.rglob("*") if c.is_file() and not c.is_symlink())


@contextmanager
def abrir(origem: Path) -> Iterator[Exportacao]:
    """Open a folder, a .zip or a .tar.gz. Raises LegadoRecusado with every reason."""
    if origem.is_dir():
        yield _medir(origem.resolve().name, origem)
        return
    with tempfile.TemporaryDirectory(prefix="cagec-legado-") as pasta:
        try:
            shutil.unpack_archive(origem, pasta, filter="data" if ".tar" in origem.name else None)
        except (OSError, ValueError, shutil.ReadError) as erro:
            raise LegadoRecusado(
                f"Não foi possível abrir {origem}. Use uma pasta, .zip ou .tar.gz."
            ) from erro
        dentro = [p for p in Path(pasta).iterdir() if p.is_dir()]
        tem_tabela = (Path(pasta) / FORMATOS[0].nome).exists()
        yield _medir(origem.name, dentro[0] if len(dentro) == 1 and not tem_tabela else Path(pasta))


def _medir(nome: str, pasta: Path) -> Exportacao:
    resumo = hashlib.sha256()
    tabelas, erros = [], []
    for formato in FORMATOS:
        caminho = pasta / formato.nome
        if caminho.is_file():
            tabela = _tabela(formato, caminho, resumo)
            faltam = [c for c in formato.obrigatorias if c not in tabela.colunas]
            erros += [f"{formato.nome}: falta a coluna {coluna}." for coluna in faltam]
            tabelas.append(tabela)
        elif formato is FORMATOS[0]:
            erros.append(f"Falta {formato.nome}.")
    if erros:
        raise LegadoRecusado("\n".join(erros))
    return Exportacao(nome, pasta, tabelas, resumo.hexdigest(), _naturezas(pasta / NATUREZAS, resumo))


def _tabela(formato: Formato, caminho: Path, resumo: "hashlib._Hash") -> Tabela:
    """Pass once over the file: what it hashes to, how many lines, and whether it is all UTF-8."""
    em_utf8, quebras, fim = codecs.getincrementaldecoder("utf-8")(), 0, b"\n"
    codificacao = "utf-8-sig"
    with caminho.open("rb") as aberto:
        cabecalho = aberto.readline(MAIOR_LINHA)
        aberto.seek(0)
        while pedaco := aberto.read(_PEDACO):
            resumo.update(pedaco)
            quebras += pedaco.count(b"\n")
            fim = pedaco[-1:]
            try:
                em_utf8.decode(pedaco)
            except UnicodeDecodeError:
                codificacao = "cp1252"
    texto = cabecalho.decode(codificacao, errors="replace").strip()
    separador = ";" if texto.count(";") >= texto.count(",") else ","
    colunas = [normalizar(c).replace(" ", "_") for c in next(csv.reader((texto,), delimiter=separador), [])]
    return Tabela(formato, caminho, quebras + (fim != b"\n"), codificacao, separador, colunas)


def _naturezas(caminho: Path, resumo: "hashlib._Hash") -> dict[str, str]:
    """Return what the office put in the place of codes that are no longer in use: ``antiga;atual``, digits only."""
    if not caminho.is_file():
        return {}
    conteudo = caminho.read_bytes()
    resumo.update(conteudo)
    texto = conteudo.decode("utf-8-sig", errors="replace").replace(",", ";")
    pares = [linha for linha in csv.reader(texto.splitlines(), delimiter=";") if len(linha) == 2]
    return {_digitos(antiga): _digitos(atual) for antiga, atual in pares if _digitos(antiga)}


def _digitos(texto: str) -> str:
    return "".join(c for c in texto if c.isdecimal())
