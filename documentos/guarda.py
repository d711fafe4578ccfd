"""Keep bytes: the storage first, the row second; nothing in the storage knows the name a person gave."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from contas.models import Usuario
from documentos.models import Arquivo

DE_PASSAGEM = "transferencias"  # the folder of what is still on its way (``documentos.transferencia``)
_PEDACO = 256 * 1024


def guardar(
    nome: str, tipo_midia: str, conteudo: "bytes | File[Any]", usuario: Usuario | None, **campos: Any
) -> Arquivo:
    """Store what a person sent, still to be examined. If the row cannot be written, the stored object goes away again.

    A file is read in pieces, so that memory does not grow with it.
    """
    arquivo = ContentFile(conteudo) if isinstance(conteudo, bytes) else conteudo
    sha256 = resumo(arquivo)
    chave = uuid4().hex
    chave = default_storage.save(f"{chave[:2]}/{chave}", arquivo)
    try:
        with transaction.atomic():
            return Arquivo.objects.create(
                nome=nome,
                chave=chave,
                tipo_midia=tipo_midia,
                tamanho=arquivo.size,
                sha256=sha256,
                enviado_por=usuario,
                **campos,
            )
    except BaseException:
        default_storage.delete(chave)
        raise


def guardar_gerado(nome: str, tipo_midia: str, conteudo: bytes) -> Arquivo:
    """Store what the system made. It is ready at once."""
    return guardar(nome, tipo_midia, conteudo, None, papel=Arquivo.Papel.GERADO, **_PRONTO)


def guardar_copia(origem: Arquivo, tipo_midia: str, conteudo: bytes) -> Arquivo:
    """Store the cleaned copy of a file. Its name says nothing: what is shown is the name of the original."""
    return guardar("cópia", tipo_midia, conteudo, None, papel=Arquivo.Papel.SANEADO, origem=origem, **_PRONTO)


_PRONTO: dict[str, Any] = {"estado": Arquivo.Estado.PRONTO, "examinar_em": None}


def resumo(arquivo: "File[Any]") -> str:
    """Return the SHA-256 of a file, read in pieces, and leave it at its beginning."""
    soma = hashlib.sha256()
    for pedaco in arquivo.chunks(_PEDACO):
        soma.update(pedaco)
    arquivo.seek(0)
    return soma.hexdigest()


def ler(arquivo: Arquivo) -> bytes:
    """Return the bytes of a file."""
    with default_storage.open(arquivo.chave) as aberto:
        conteudo: bytes = aberto.read()
        return conteudo


def pedacos(arquivo: Arquivo) -> Iterator[bytes]:
    """Yield the bytes of a file, some at a time."""
    with default_storage.open(arquivo.chave) as aberto:
        yield from aberto.chunks(_PEDACO)


def integro(arquivo: Arquivo) -> bool:
    """Tell whether the stored bytes are there and still those that were received."""
    try:
        with default_storage.open(arquivo.chave) as aberto:
            return resumo(aberto) == arquivo.sha256
    except FileNotFoundError:
        return False


def varrer_orfaos(antes_de: datetime) -> int:
    """Delete the stored objects older than ``antes_de`` that no row names, and return how many.

    They are left by a transaction that failed, or a process that died, after the storage and before the commit.
    """
    pastas = _listar("")[0]
    return sum(_varrer_pasta(pasta, antes_de) for pasta in pastas if pasta != DE_PASSAGEM)


def _varrer_pasta(pasta: str, antes_de: datetime) -> int:
    donas = {_chave_do_arquivo(f"{pasta}/{nome}") for nome in _listar(pasta)[1]}
    conhecidas = set(Arquivo.objects.filter(chave__in=donas).values_list("chave", flat=True))
    return apagar_antigos(pasta, antes_de, exceto=conhecidas)


def apagar_antigos(pasta: str, antes_de: datetime, exceto: Collection[str] = ()) -> int:
    """Delete what a folder holds from before ``antes_de``, but the keys in ``exceto``, and return how many."""
    chaves = [f"{pasta}/{nome}" for nome in _listar(pasta)[1]]
    velhas = [
        c
        for c in chaves
        if _chave_do_arquivo(c) not in exceto and default_storage.get_modified_time(c) < antes_de
    ]
    for chave in velhas:
        default_storage.delete(chave)
    return len(velhas)


def _listar(pasta: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(pasta)
    except FileNotFoundError:  # nothing was ever stored there
        return [], []


def chave_da_pagina(arquivo: Arquivo, numero: int) -> str:
    """Return where the picture of a page is kept: beside the file, without a row of its own, and gone with it."""
    return f"{arquivo.chave}.{numero}"


def _chave_do_arquivo(chave: str) -> str:
    return chave.partition(".")[0]


def apagar_bytes(arquivo: Arquivo) -> None:
    """Delete what is stored of a file, its cleaned copy and the pictures of their pages. The rows stay."""
    for guardado in (arquivo, *arquivo.copias.all()):
        pasta, _, nome = guardado.chave.rpartition("/")
        for irmao in default_storage.listdir(pasta)[1]:
            if _chave_do_arquivo(irmao) == nome:
                default_storage.delete(f"{pasta}/{irmao}")
