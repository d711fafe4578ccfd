"""Pages of a document as pictures, drawn in a process of its own (``verificacoes.isolamento``)."""

import re
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documentos import guarda
from documentos.models import Arquivo
from documentos.verificacoes.isolamento import Interrompida, isolada
from documentos.verificacoes.paginas import LARGURA, LARGURA_DA_MINIATURA, copia_marcada, desenhar_ou_nada

MAXIMO = 30
_MINIATURA = 0  # kept like a page, before the first


def paginas(arquivo: Arquivo) -> range:
    """Return the numbers of the pages that can be shown, as counted when the file was examined: none before."""
    return _contadas(arquivo) if arquivo.pronto else range(0)


def paginas_retidas(arquivo: Arquivo) -> range:
    """Return the numbers of the pages of a file that is held, for the team to look at: none of any other."""
    return _contadas(arquivo) if arquivo.estado == Arquivo.Estado.RETIDO else range(0)


def _contadas(arquivo: Arquivo) -> range:
    if arquivo.tipo_midia != "application/pdf":
        return range(1, 2)
    contagem = next((v.detalhe for v in arquivo.verificacoes.all() if v.nome == "pdf"), "")
    achado = re.match(r"(\d+) página", contagem)
    return range(1, min(int(achado[1]) if achado else 1, MAXIMO) + 1)


def desenhar(arquivo: Arquivo, numero: int, marca: bytes | None = None) -> bytes | None:
    """Return a page as a picture, with the line ``marca`` all over it if one is given.

    None when there is no such page or it cannot be drawn within the limits. Without a mark it is drawn once and kept.
    """
    if not 1 <= numero <= MAXIMO:
        return None
    if marca is None and (guardada := _guardada(arquivo, numero)):  # only a page that exists was ever kept
        return guardada
    if numero not in paginas(arquivo):
        return None
    if marca is not None:
        return _desenhar(arquivo.servido, numero, marca)
    return _guardar(arquivo, numero, _desenhar(arquivo.servido, numero))


def miniatura(arquivo: Arquivo) -> bytes | None:
    """Return the first page as a small picture, drawn once and kept; None when there is none to show."""
    if guardada := _guardada(arquivo, _MINIATURA):
        return guardada
    if not paginas(arquivo):
        return None
    return _guardar(arquivo, _MINIATURA, _desenhar(arquivo.servido, 1, largura=LARGURA_DA_MINIATURA))


def _guardada(arquivo: Arquivo, numero: int) -> bytes | None:
    if not arquivo.pronto:
        return None
    with (
        suppress(FileNotFoundError),
        default_storage.open(guarda.chave_da_pagina(arquivo.servido, numero)) as guardada,
    ):
        imagem: bytes = guardada.read()
        return imagem
    return None


def _guardar(arquivo: Arquivo, numero: int, desenhada: bytes | None) -> bytes | None:
    if desenhada is not None:
        default_storage.save(guarda.chave_da_pagina(arquivo.servido, numero), ContentFile(desenhada))
    return desenhada


def desenhar_retida(arquivo: Arquivo, numero: int, marca: bytes) -> bytes | None:
    """Return a page of a file that is held as a picture, marked and never kept; None when there is none to draw."""
    return _desenhar(arquivo.servido, numero, marca) if numero in paginas_retidas(arquivo) else None


def _desenhar(
    arquivo: Arquivo, numero: int, marca: bytes | None = None, largura: int = LARGURA
) -> bytes | None:
    try:
        return isolada(desenhar_ou_nada, guarda.ler(arquivo), arquivo.tipo_midia, numero, marca, largura)
    except Interrompida:
        return None


def copiar(arquivo: Arquivo, marca: bytes) -> bytes | None:
    """Return the pages that can be shown as a marked PDF, or None when it cannot be drawn within the limits."""
    servido = arquivo.servido
    try:
        quantas = len(paginas(arquivo))
        return isolada(copia_marcada, guarda.ler(servido), servido.tipo_midia, quantas, marca)
    except Interrompida:
        return None
