"""Examine the values of one row by the rules of a person's own registration, keeping before and after.

A bad identity (CPF, CNPJ, name, dates, codes) rejects the row; a bad contact is left blank with a note, so that nobody
is lost for a telephone (docs/decisoes/0020).
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from contas.campos import NomeField
from contas.documentos_pessoais import cpf_valido, formatar_cpf, limpar_cpf
from convenentes.cnpj import cnpj_valido, formatar_cnpj, limpar_cnpj
from convenentes.fontes.leitura import ler_data

V = TypeVar("V")
_nome = NomeField(required=False)


class Exame:
    """The values of one row, as they are asked for, and what was found about them."""

    def __init__(self, campos: dict[str, str]) -> None:
        self.campos = campos
        self.motivos: list[str] = []
        self.avisos: list[str] = []
        self.mudancas: dict[str, list[str]] = {}

    def bruto(self, coluna: str) -> str:
        """Return what is written, empty when the file has no such column."""
        return self.campos.get(coluna, "")

    def exigido(self, coluna: str, ler: Callable[[str], V]) -> V | None:
        """Read a value without which there is no row; None when it is missing or wrong."""
        if not self.bruto(coluna):
            self.motivos.append(f"{coluna}: falta preencher.")
            return None
        return self.opcional(coluna, ler)

    def opcional(self, coluna: str, ler: Callable[[str], V]) -> V | None:
        """Read a value that may be left out, but not be wrong."""
        escrito = self.bruto(coluna)
        if not escrito:
            return None
        try:
            valor = ler(escrito)
        except (ValueError, ValidationError) as erro:
            self.motivos.append(f"{coluna}: {frase(erro)}")
            return None
        if escrito.lower() != valor:  # a code is the same code in capitals
            self.mudou(coluna, valor)
        return valor

    def contato(self, coluna: str, ler: Callable[[str], str]) -> str:
        """Read a value that is left blank when it is wrong: the organisation gives it again."""
        escrito = self.bruto(coluna)
        if not escrito:
            return ""
        try:
            valor = ler(escrito)
        except (ValueError, ValidationError) as erro:
            self.avisos.append(f"{coluna} ficou em branco: {frase(erro)}"[:200])
            valor = ""
        self.mudou(coluna, valor)
        return valor

    def mudou(self, coluna: str, valor: object) -> None:
        """Keep before and after, unless the value only was written in another form that the format allows."""
        escrito = self.bruto(coluna)
        if isinstance(valor, str) and valor != escrito and escrito not in _escritas(valor):
            self.mudancas[coluna] = [escrito, valor]


def _escritas(valor: str) -> tuple[str, ...]:
    if len(valor) == 11:
        return (formatar_cpf(valor),)
    if len(valor) == 14:
        return (formatar_cnpj(valor),)
    return (f"{valor[:5]}-{valor[5:]}",) if len(valor) == 8 else ()


def frase(erro: ValueError | ValidationError) -> str:
    """Return the sentence of an error, of ours or of a form field."""
    return " ".join(erro.messages) if isinstance(erro, ValidationError) else str(erro)


@lru_cache(maxsize=4096)
def cpf(escrito: str) -> str:
    """Read a CPF. A spreadsheet takes the zeros on the left away: they come back when the digits then match."""
    digitos = limpar_cpf(escrito)
    completo = digitos.zfill(11) if len(digitos) > 8 else digitos
    if not cpf_valido(completo):
        raise ValueError(f"“{escrito[:40]}” não é um CPF válido.")
    return completo


@lru_cache(maxsize=4096)  # the rows of an organisation follow one another
def cnpj(escrito: str) -> str:
    """Read a CNPJ, with the zeros on the left that a spreadsheet took away."""
    limpo = limpar_cnpj(escrito)
    completo = limpo.zfill(14) if len(limpo) > 11 and limpo.isdecimal() else limpo
    if not cnpj_valido(completo):
        raise ValueError(f"“{escrito[:40]}” não é um CNPJ válido.")
    return completo


@lru_cache(maxsize=4096)
def data(escrita: str) -> date:
    """Read a day as Brazil writes it, or ISO, of a year that can be meant."""
    dia = ler_data(escrita)
    if not 1800 <= dia.year <= 2199:
        raise ValueError(f"“{escrita}”: confira o ano da data.")
    return dia


def nome(escrito: str) -> str:
    """Read the name of a person."""
    limpo: str = _nome.clean(escrito)
    return limpo


def texto(maximo: int) -> Callable[[str], str]:
    """Return what reads a text of so many characters at most, with its spaces tidied."""

    def ler(escrito: str) -> str:
        limpo = " ".join(escrito.split())
        if len(limpo) > maximo:
            raise ValueError(f"passa de {maximo} caracteres.")
        return limpo

    return ler


def entre(opcoes: dict[str, Any]) -> Callable[[str], Any]:
    """Return what reads a code of a list, in any case."""

    def ler(escrito: str) -> Any:
        try:
            return opcoes[escrito.strip().lower()]
        except KeyError:
            raise ValueError(f"“{escrito[:40]}” não está na lista.") from None

    return ler
