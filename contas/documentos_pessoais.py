"""CPF: cleaning, check digits, and how it is shown."""


def limpar_cpf(valor: str) -> str:
    """Return only the digits of what was typed."""
    return "".join(c for c in valor if c in "0123456789")


def cpf_valido(cpf: str) -> bool:
    """Tell whether 11 digits form a CPF (modulo 11, Receita Federal). Repeated digits are refused."""
    if len(cpf) != 11 or not cpf.isdecimal() or len(set(cpf)) == 1:
        return False
    return cpf[9:] == digitos_do_cpf(cpf[:9])


def digitos_do_cpf(base: str) -> str:
    """Return the two check digits of a nine-digit base."""
    digitos = [int(c) for c in base]
    for _ in range(2):
        peso = len(digitos) + 1
        resto = sum(d * (peso - i) for i, d in enumerate(digitos)) * 10 % 11
        digitos.append(resto % 10)
    return f"{digitos[-2]}{digitos[-1]}"


def formatar_cpf(cpf: str) -> str:
    """Return ``000.000.000-00``."""
    return f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"


def mascarar_cpf(cpf: str) -> str:
    """Return the CPF as public pages may show it: ``***.000.000-**`` (docs/dominio.md, LGPD)."""
    return f"***.{cpf[3:6]}.{cpf[6:9]}-**"
