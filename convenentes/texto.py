"""Names without accents, so that people find what they type."""

import unicodedata


def normalizar(texto: str) -> str:
    """Return ``texto`` in lower case, without accents, with single blanks."""
    sem_acento = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return " ".join(sem_acento.lower().split())
