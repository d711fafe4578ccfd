"""The parts of a file on its way: objects of the storage, written as their bytes arrive, read back as one stream.

Nothing is held in memory on the way in. The storage is told how long a part will be before its bytes are there; what a
slow or broken line then leaves missing is filled with zeros that nobody reads, so that what did arrive is kept.
"""

from collections.abc import Iterable
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from time import monotonic
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage

from documentos import guarda
from documentos.armazenamento import armazenamento
from documentos.verificacoes.tamanho import MEGA

# Bytes of a part: each one costs the storage a request, and is read back whole.
MENOR, PRIMEIRA, MAIOR = MEGA // 4, MEGA, 3 * MEGA


class Corrente:
    """The bytes of a request, as they come."""

    def __init__(self, pedacos: Iterable[bytes]) -> None:
        self._pedacos, self._sobra, self.acabou = iter(pedacos), memoryview(b""), False

    def ler(self, quantos: int) -> bytes:
        """Return some of the next bytes, at most ``quantos``; none when they ended, or the line broke."""
        if not self._sobra:
            self._sobra = memoryview(next(self._pedacos, b""))
            self.acabou = not self._sobra
        lidos, self._sobra = self._sobra[:quantos], self._sobra[quantos:]
        return bytes(lidos)


class _Chegando:
    """A part as the storage reads it: ``tamanho`` bytes, of which those that came until ``ate`` are real."""

    def __init__(self, corrente: Corrente, tamanho: int, ate: float) -> None:
        self._corrente, self._falta, self._ate, self._encerrada = corrente, tamanho, ate, False
        self.chegou = 0

    def read(self, quantos: int = -1) -> bytes:
        quantos = self._falta if quantos < 0 else min(quantos, self._falta)
        lidos = b"" if self._encerrada or not quantos else self._corrente.ler(quantos)
        self._encerrada = not lidos or monotonic() >= self._ate
        self.chegou += len(lidos)
        lidos = lidos or bytes(quantos)
        self._falta -= len(lidos)
        return lidos


def guardar(corrente: Corrente, tamanho: int, ate: float) -> tuple[str, int]:
    """Store the next ``tamanho`` bytes, or what comes until ``ate`` (of ``monotonic``). Return key and how many."""
    chave, parte = f"{guarda.DE_PASSAGEM}/{uuid4().hex}", _Chegando(corrente, tamanho, ate)
    armazenamento().receber(chave, parte, tamanho)
    return chave, parte.chegou


def tem(chave: str, tamanho: int) -> bool:
    """Tell whether the part is there, with all the bytes that it received."""
    try:
        return default_storage.size(chave) >= tamanho
    except FileNotFoundError:
        return False


class Partes(RawIOBase):
    """The parts of a transfer as one stream. Holds one of them in memory at a time."""

    def __init__(self, partes: list[list[Any]]) -> None:
        self._partes, self._total = partes, sum(tamanho for _chave, tamanho in partes)
        self._posicao, self._chave, self._conteudo = 0, "", b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, para: int, de: int = SEEK_SET) -> int:
        self._posicao = para + {SEEK_SET: 0, SEEK_CUR: self._posicao, SEEK_END: self._total}[de]
        return self._posicao

    def readinto(self, destino: Any) -> int:
        inicio = 0
        for chave, tamanho in self._partes:
            if self._posicao < inicio + tamanho:
                pedaco = self._abrir(chave)[self._posicao - inicio : tamanho][: len(destino)]
                destino[: len(pedaco)] = pedaco
                self._posicao += len(pedaco)
                return len(pedaco)
            inicio += tamanho
        return 0

    def _abrir(self, chave: str) -> memoryview:
        if chave != self._chave:
            with default_storage.open(chave) as parte:
                self._chave, self._conteudo = chave, parte.read()
        return memoryview(self._conteudo)
