"""CNPJ, numeric or alphanumeric (IN RFB 2.229/2024, in use since July 2026): cleaning and check digits."""

import re

FORMATO = r"^[0-9A-Z]{12}[0-9]{2}$"
_PESOS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def limpar_cnpj(valor: str) -> str:
    """Return the CNPJ as it is stored: upper case, without punctuation or blanks."""
    return re.sub(r"[^0-9A-Z]", "", valor.upper())


def digitos_do_cnpj(base: str) -> str:
    """Return the two check digits of a twelve-character base: modulo 11 over ``ord(c) - 48``."""
    valores = [ord(c) - 48 for c in base]
    for _ in range(2):
        pesos = _PESOS[-len(valores) :]
        resto = sum(v * p for v, p in zip(valores, pesos, strict=True)) % 11
        valores.append(0 if resto < 2 else 11 - resto)
    return f"{valores[-2]}{valores[-1]}"


def cnpj_valido(cnpj: str) -> bool:
    """Tell whether 14 stored characters form a CNPJ."""
    if not re.fullmatch(FORMATO, cnpj) or len(set(cnpj)) == 1:
        return False
    return cnpj[12:] == digitos_do_cnpj(cnpj[:12])


def formatar_cnpj(cnpj: str) -> str:
    """Return ``00.000.000/0000-00``."""
    return f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}"
