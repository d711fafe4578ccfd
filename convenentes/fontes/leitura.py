"""What every register file shares: how it is received, read as a table and refused (docs/fontes.md)."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import StringIO
from typing import Protocol

from convenentes.cnpj import cnpj_valido, limpar_cnpj
from convenentes.models import CargaFonte
from convenentes.texto import normalizar

TAMANHO_MAXIMO = 64 * 1024 * 1024
_LINHAS_ATE_O_CABECALHO = 10


@dataclass(frozen=True)
class Erro:
    """One reason to refuse a file. ``linha`` counts from 1; None when it is about the whole file."""

    motivo: str
    linha: int | None = None

    def __str__(self) -> str:
        return self.motivo if self.linha is None else f"Linha {self.linha}: {self.motivo}"


class FonteRecusada(Exception):
    """The file was refused whole, for all these reasons. Nothing was loaded."""

    def __init__(self, erros: Sequence[Erro]) -> None:
        super().__init__("\n".join(map(str, erros)))
        self.erros = list(erros)


def nao_acompanhar(_lidas: int, _total: int) -> None:
    """Say nothing while a file is read."""


@dataclass(frozen=True)
class Recebido:
    """The bytes of a register file. ``referencia``: the day they speak of, when the file itself does not say it."""

    nome: str
    conteudo: bytes
    referencia: date | None = None
    ao_ler: Callable[[int, int], None] = nao_acompanhar


@dataclass(frozen=True)
class Achado:
    """What a file says: of which register, when it was true, until when if the register prints it."""

    fonte: str
    resultado: str
    consultado_em: date
    detalhe: str = ""
    vale_ate: date | None = None


@dataclass(frozen=True)
class Leitura:
    """A file that was read without error. ``achados`` are by CNPJ, root of a CNPJ, IBGE code or state."""

    cadastro: str
    referencia: date
    linhas: int
    ignoradas: int = 0
    achados: dict[str, list[Achado]] = field(default_factory=dict)


@dataclass(frozen=True)
class Alvo:
    """One register line of one convenente: what a file may answer."""

    convenente_id: int
    cnpj: str
    genero: str
    codigo_ibge: str
    uf: str
    fonte: str


class Leitor(Protocol):
    """One register. ``fontes``: prefix of the codes of Fonte that it answers.

    ``lista_completa``: who is absent from the file is not in the register, so that a short or an old file would
    clear somebody by mistake. ``irmaos``: other lists that the same answer depends on.
    """

    @property
    def cadastro(self) -> CargaFonte.Cadastro: ...
    @property
    def fontes(self) -> str: ...
    @property
    def lista_completa(self) -> bool: ...
    @property
    def irmaos(self) -> tuple[CargaFonte.Cadastro, ...]: ...

    def ler(self, recebido: Recebido) -> Leitura:
        """Read the whole file. Raises FonteRecusada with every error found."""

    def responder(self, alvo: Alvo, leituras: Sequence[Leitura]) -> Achado | None:
        """Return what the readings (the new file, then the newest of each sibling) say; None for no answer."""


@dataclass(frozen=True)
class Tabela:
    """The rows under the header, by column name without accents, and the text that came before it."""

    colunas: list[str]
    linhas: list[tuple[int, dict[str, str]]]
    preambulo: str


def decodificar(conteudo: bytes) -> str:
    """Return the text, in UTF-8 or else in the Latin-1 of Windows. Raises FonteRecusada when it is no text."""
    if not conteudo.strip():
        raise FonteRecusada([Erro("O arquivo está vazio. Baixe-o de novo.")])
    if len(conteudo) > TAMANHO_MAXIMO:
        raise FonteRecusada([Erro("O arquivo passa de 64 MB. Confira se é o arquivo certo.")])
    if b"\0" in conteudo:
        raise FonteRecusada([Erro("O arquivo não é um CSV. Se ele veio em ZIP, extraia o CSV e carregue-o.")])
    try:
        return conteudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        return conteudo.decode("cp1252", errors="replace")


def tabela(recebido: Recebido, obrigatorias: Sequence[str]) -> Tabela:
    """Read a CSV separated by semicolons. The header is the first row with every obligatory column.

    Raises FonteRecusada: no header, no row, a row with another number of columns, quotes left open.
    """
    texto = decodificar(recebido.conteudo)
    registros, erros = _registros(texto, recebido.ao_ler)
    cabecalho = next(
        (
            n
            for n, (_, campos) in enumerate(registros[:_LINHAS_ATE_O_CABECALHO])
            if _serve(campos, obrigatorias)
        ),
        None,
    )
    if cabecalho is None:
        nomes = ", ".join(obrigatorias)
        raise FonteRecusada(
            [Erro(f"Não encontramos o cabeçalho. O arquivo precisa das colunas: {nomes}."), *erros]
        )
    colunas = [normalizar(campo) for campo in registros[cabecalho][1]]
    linhas: list[tuple[int, dict[str, str]]] = []
    for numero, campos in registros[cabecalho + 1 :]:
        if len(campos) == len(colunas):
            linhas.append((numero, dict(zip(colunas, (campo.strip() for campo in campos), strict=True))))
        else:
            erros.append(Erro(f"tem {len(campos)} colunas e o cabeçalho tem {len(colunas)}.", numero))
    if not linhas and not erros:
        erros.append(Erro("O arquivo só tem o cabeçalho. Baixe-o de novo."))
    if erros:
        raise FonteRecusada(erros)
    return Tabela(colunas, linhas, "\n".join(";".join(campos) for _, campos in registros[:cabecalho]))


def _serve(campos: list[str], obrigatorias: Sequence[str]) -> bool:
    return {normalizar(nome) for nome in obrigatorias} <= {normalizar(campo) for campo in campos}


def _registros(
    texto: str, ao_ler: Callable[[int, int], None]
) -> tuple[list[tuple[int, list[str]]], list[Erro]]:
    """Return the rows that are not blank, each with the number of its first line, and what stopped the reading."""
    leitor = csv.reader(_acompanhadas(texto, ao_ler), delimiter=";", strict=True)
    registros: list[tuple[int, list[str]]] = []
    comeco = 1
    try:
        for campos in leitor:
            if any(campo.strip() for campo in campos):
                registros.append((comeco, campos))
            comeco = leitor.line_num + 1
    except csv.Error:
        return registros, [Erro("há aspas sem fechar, ou um campo longo demais.", comeco)]
    return registros, []


def _acompanhadas(texto: str, ao_ler: Callable[[int, int], None]) -> Iterator[str]:
    total = texto.count("\n") + (not texto.endswith("\n"))
    for numero, linha in enumerate(StringIO(texto, newline=""), 1):
        ao_ler(numero, total)
        yield linha


@lru_cache(maxsize=4096)
def ler_data(valor: str) -> date:
    """Read dd/mm/aaaa, dd/mm/aa (always 20aa) or ISO. Raises ValueError, with a sentence for the person."""
    curta = re.fullmatch(r"(\d\d/\d\d/)(\d\d)", valor)
    inteiro = f"{curta[1]}20{curta[2]}" if curta else valor
    for formato in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(inteiro, formato).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    raise ValueError(f"“{valor[:40]}” não é uma data como 31/12/2026.")


def ler_cnpj(valor: str) -> str:
    """Return the CNPJ as it is stored. Raises ValueError, with a sentence for the person."""
    cnpj = limpar_cnpj(valor)
    if not cnpj_valido(cnpj):
        raise ValueError(f"“{valor[:40]}” não é um CNPJ válido.")
    return cnpj
