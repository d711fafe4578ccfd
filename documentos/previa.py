"""Pages of a document as pictures, drawn in a process of its own (``verificacoes.isolamento``)."""

import re

from documentos import guarda
from documentos.models import Arquivo
from documentos.verificacoes.isolamento import Interrompida, isolada
from documentos.verificacoes.paginas import copia_marcada, desenhar_ou_nada

MAXIMO = 30


def paginas(arquivo: Arquivo) -> range:
    """Return the numbers of the pages that can be shown, as counted when the file was received."""
    if arquivo.tipo_midia != "application/pdf":
        return range(1, 2)
    contagem = next((v.detalhe for v in arquivo.verificacoes.all() if v.nome == "pdf"), "")
    achado = re.match(r"(\d+) página", contagem)
    return range(1, min(int(achado[1]) if achado else 1, MAXIMO) + 1)


def desenhar(arquivo: Arquivo, numero: int, marca: bytes | None = None) -> bytes | None:
    """Return a page as PNG, with the line ``marca`` all over it if one is given.

    None when there is no such page or it cannot be drawn within the limits.
    """
    try:
        return isolada(desenhar_ou_nada, guarda.ler(arquivo), arquivo.tipo_midia, numero, marca)
    except Interrompida:
        return None


def copiar(arquivo: Arquivo, marca: bytes) -> bytes | None:
    """Return the pages that can be shown as a marked PDF, or None when it cannot be drawn within the limits."""
    try:
        quantas = len(paginas(arquivo))
        return isolada(copia_marcada, guarda.ler(arquivo), arquivo.tipo_midia, quantas, marca)
    except Interrompida:
        return None
