"""The name that a person gave a file: only shown, it never decides where anything is kept."""

from pathlib import PurePath


def nome_limpo(nome: str) -> str:
    """Return the name to show: no folders, no control characters, of a bearable length."""
    base = PurePath(nome.replace("\\", "/")).name
    visivel = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .")
    final = PurePath(visivel or "arquivo")
    return final.stem[:120] + final.suffix[:10]
