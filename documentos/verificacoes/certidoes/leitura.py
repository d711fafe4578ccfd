"""What a certificate says, and the bits of text that several issuers print alike. All of it reads normalised text
(``texto.normalizar``): capitals, no accents, single spaces."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

CNPJ = r"[0-9A-Z]{2} ?\. ?[0-9A-Z]{3} ?\. ?[0-9A-Z]{3} ?/ ?[0-9A-Z]{4} ?- ?\d{2}"
_CNPJ_CORRIDO = r"CNPJ(?: ?/ ?(?:MF|CPF))? ?(?:N[O.]*)? ?:? ?([0-9A-Z]{12}\d{2})\b"
_MESES = (
    *("JANEIRO", "FEVEREIRO", "MARCO", "ABRIL", "MAIO", "JUNHO"),
    *("JULHO", "AGOSTO", "SETEMBRO", "OUTUBRO", "NOVEMBRO", "DEZEMBRO"),
)
_NUMERICA = r"\d{1,2} ?[/.] ?\d{1,2} ?[/.] ?\d{4}"
DATA = rf"({_NUMERICA}|\d{{1,2}}[Oº°]? DE (?:{'|'.join(_MESES)}) DE \d{{4}})"
_EFEITO = r"COM ?(?:O )?EFEITOS? ?(?:DE )?NEGATIVA"


class Resultado(StrEnum):
    """The outcome, as the paper says it: of taxes by its title (CTN, art. 206), of FGTS and TCE in plain words."""

    NEGATIVA = "negativa"
    COM_EFEITO = "positiva_com_efeito"
    POSITIVA = "positiva"
    REGULAR = "regular"
    IRREGULAR = "irregular"
    NAO_LIDO = ""


@dataclass(frozen=True)
class Certidao:
    """What was read. ``especie`` is the code of a kind of certificate; days are inclusive; "" and None: not found."""

    especie: str
    cnpjs: tuple[str, ...] = ()
    emitida_em: date | None = None
    valida_ate: date | None = None
    resultado: Resultado = Resultado.NAO_LIDO
    codigo: str = ""
    endereco: str = ""


def cnpjs(texto: str) -> tuple[str, ...]:
    """Return every CNPJ in the text, numeric or alphanumeric, once each, as it is stored."""
    achados = re.findall(CNPJ, texto) + re.findall(_CNPJ_CORRIDO, texto)
    return tuple(dict.fromkeys(re.sub(r"[^0-9A-Z]", "", achado) for achado in achados))


def dia(texto: str) -> date | None:
    """Read one date, in numbers or in words. None when there is no such day."""
    try:
        if "DE" in texto:
            numero, mes, ano = re.split(r" DE ", texto)
            return date(int(ano), _MESES.index(mes) + 1, int(re.sub(r"\D", "", numero)))
        numero, mes, ano = re.split(r" ?[/.] ?", texto)
        return date(int(ano), int(mes), int(numero))
    except ValueError:
        return None


def dia_apos(rotulo: str, texto: str) -> date | None:
    """Return the first date that follows ``rotulo`` (a regular expression)."""
    achado = re.search(rf"(?:{rotulo})[ :]*{DATA}", texto)
    return dia(achado[1]) if achado else None


def dias_de_validade(texto: str) -> int | None:
    """Return the length of a validity said in days ("180 (CENTO E OITENTA) DIAS"), if it is printed."""
    achado = re.search(
        r"(?:VALID(?:A|O|ADE)|PRAZO)\b[^0-9]{0,60}?(\d{1,3}) ?(?:\([A-Z ]+\) ?)?DIAS", texto
    ) or re.search(r"\b(\d{1,3}) ?(?:\([A-Z ]+\) ?)?DIAS,? ?(?:CONTADOS|A CONTAR)", texto)
    return int(achado[1]) if achado else None


def validade(rotulo: str, texto: str, emitida_em: date | None) -> date | None:
    """Return the printed last day, else the one counted from the issue."""
    impressa = dia_apos(rotulo, texto)
    dias = None if impressa else dias_de_validade(texto)
    return impressa or (emitida_em + timedelta(days=dias) if emitida_em and dias else None)


def resultado(texto: str) -> Resultado:
    """Tell the outcome by the title of the certificate, and by nothing said further down in passing.

    "Positiva" wins over a "negativa" that follows: only the words of the effect change it.
    """
    titulo = re.search(r"(?:CERTIDAO|DEBITOS?(?: TRIBUTARIOS)?) ?-?:? ?(NEGATIVA|POSITIVA)", texto)
    if titulo is None:
        return Resultado.NAO_LIDO
    if titulo[1] == "NEGATIVA":
        return Resultado.NEGATIVA
    return Resultado.COM_EFEITO if re.search(_EFEITO, texto[titulo.start() :][:250]) else Resultado.POSITIVA


def apos(rotulo: str, valor: str, texto: str) -> str:
    """Return what matches ``valor`` right after ``rotulo`` (both regular expressions), without blanks, or ""."""
    achado = re.search(rf"(?:{rotulo})[ :]*({valor})", texto)
    return achado[1].replace(" ", "") if achado else ""
