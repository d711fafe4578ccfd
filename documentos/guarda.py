"""Keep bytes: the storage first, the row second; nothing in the storage knows the name a person gave."""

import hashlib
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from contas.models import Usuario
from documentos.models import Arquivo


def guardar(nome: str, tipo_midia: str, conteudo: bytes, usuario: Usuario | None) -> Arquivo:
    """Store what a person sent. If the row cannot be written, the stored object goes away again."""
    return _guardar(nome, tipo_midia, conteudo, usuario, Arquivo.Papel.ORIGINAL)


def guardar_gerado(nome: str, tipo_midia: str, conteudo: bytes) -> Arquivo:
    """Store what the system made."""
    return _guardar(nome, tipo_midia, conteudo, None, Arquivo.Papel.GERADO)


def _guardar(nome: str, tipo_midia: str, conteudo: bytes, usuario: Usuario | None, papel: str) -> Arquivo:
    chave = uuid4().hex
    chave = default_storage.save(f"{chave[:2]}/{chave}", ContentFile(conteudo))
    try:
        with transaction.atomic():
            return Arquivo.objects.create(
                papel=papel,
                nome=nome,
                chave=chave,
                tipo_midia=tipo_midia,
                tamanho=len(conteudo),
                sha256=hashlib.sha256(conteudo).hexdigest(),
                enviado_por=usuario,
            )
    except BaseException:
        default_storage.delete(chave)
        raise


def ler(arquivo: Arquivo) -> bytes:
    """Return the bytes of a file."""
    with default_storage.open(arquivo.chave) as aberto:
        conteudo: bytes = aberto.read()
        return conteudo


def integro(arquivo: Arquivo) -> bool:
    """Tell whether the stored bytes are there and still those that were received."""
    try:
        return hashlib.sha256(ler(arquivo)).hexdigest() == arquivo.sha256
    except FileNotFoundError:
        return False


def varrer_orfaos(antes_de: datetime) -> int:
    """Delete the stored objects older than ``antes_de`` that no row names, and return how many.

    They are left by a transaction that failed, or a process that died, after the storage and before the commit.
    """
    try:
        pastas, _ = default_storage.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return 0
    return sum(_varrer_pasta(pasta, antes_de) for pasta in pastas)


def _varrer_pasta(pasta: str, antes_de: datetime) -> int:
    chaves = {f"{pasta}/{nome}" for nome in default_storage.listdir(pasta)[1]}
    conhecidas = Arquivo.objects.filter(chave__in=chaves).values_list("chave", flat=True)
    orfaos = [c for c in chaves - set(conhecidas) if default_storage.get_modified_time(c) < antes_de]
    for chave in orfaos:
        default_storage.delete(chave)
    return len(orfaos)
