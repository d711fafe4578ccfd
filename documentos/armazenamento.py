"""Where the bytes of files are: a folder that survives a power cut, or S3-compatible storage for many machines."""

import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, Protocol

import boto3
from botocore.config import Config
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from storages.backends.s3 import S3Storage

_UM_DE_CADA_VEZ = Lock()
_PEDACO = 256 * 1024
AO_MESMO_TEMPO = 16  # the disk joins the writes that are asked for together


class Corpo(Protocol):
    """What is read once, from its beginning to its end."""

    def read(self, quantos: int = -1, /) -> bytes:
        """Return at most so many of the next bytes, and none at the end."""


class ArmazenamentoEmPasta(FileSystemStorage):
    """Files in a folder of this machine. What was saved is on the disk, not on its way there.

    Names are drawn by lot and no row names a file before it is complete, so that none is written beside and renamed.
    """

    def escrever(self, nome: str, conteudo: bytes) -> None:
        """Store under a new name, without waiting for the disk: ``sincronizar`` does, before a row names the file."""
        with self._criar(nome) as aberto:
            aberto.write(conteudo)

    def receber(self, nome: str, corpo: Corpo, tamanho: int) -> None:
        """The same of ``tamanho`` bytes that are read as they come, once."""
        with self._criar(nome) as aberto:
            shutil.copyfileobj(corpo, aberto, _PEDACO)

    def _criar(self, nome: str) -> BinaryIO:
        caminho = Path(self.path(nome))
        caminho.parent.mkdir(parents=True, exist_ok=True)
        modo = self.file_permissions_mode or 0o666
        return os.fdopen(os.open(caminho, os.O_WRONLY | os.O_CREAT | os.O_EXCL, modo), "wb")

    def sincronizar(self, nomes: Iterable[str]) -> None:
        """Wait until the files, and the folders that name them, are on the disk."""
        caminhos = [Path(self.path(nome)) for nome in nomes]
        pastas = {caminho.parent for caminho in caminhos}
        with ThreadPoolExecutor(AO_MESMO_TEMPO) as fila:
            list(fila.map(_sincronizar, caminhos))
            list(fila.map(_sincronizar, pastas | {Path(self.location)}))

    def _save(self, name: str, content: File[Any]) -> str:
        guardado: str = super()._save(name, content)  # type: ignore[misc] # missing in the stubs
        self.sincronizar([guardado])
        return guardado


def _sincronizar(caminho: Path) -> None:
    descritor = os.open(caminho, os.O_RDONLY)
    try:
        os.fsync(descritor)
    finally:
        os.close(descritor)


class ArmazenamentoS3(S3Storage):  # type: ignore[misc] # django-storages ships no types
    """Private objects, reached only through the portal's own permission check."""

    @property
    def connection(self) -> Any:
        """Return this thread's connection. They are made one at a time, since they share their session."""
        with _UM_DE_CADA_VEZ:
            return super().connection

    def _create_session(self) -> boto3.Session:
        return _sessao(self.access_key, self.secret_key)

    def escrever(self, nome: str, conteudo: bytes) -> None:
        """Store under a new name, in one request: nobody asks first whether a name drawn by lot is free."""
        self.receber(nome, conteudo, len(conteudo))

    def receber(self, nome: str, corpo: Corpo | bytes, tamanho: int) -> None:
        """The same of ``tamanho`` bytes that are read as they come, once."""
        self.connection.meta.client.put_object(
            Bucket=self.bucket_name,
            Key=nome,
            Body=corpo,
            ContentLength=tamanho,
            **self.get_object_parameters(nome),
        )

    def sincronizar(self, nomes: Iterable[str]) -> None:
        """Nothing to wait for: the server has answered only when it had the object."""

    def get_default_settings(self) -> dict[str, Any]:
        """Settings that every S3-compatible server understands."""
        configuracao = Config(
            signature_version="s3v4",
            # The connection guards what is on its way; what is kept is compared with its SHA-256 every night.
            s3={"addressing_style": "path", "payload_signing_enabled": False},
            response_checksum_validation="when_required",
            request_checksum_calculation="when_required",
        )
        return {
            **super().get_default_settings(),
            "client_config": configuracao,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        }


@cache
def _sessao(chave: str | None, segredo: str | None) -> boto3.Session:
    """Return the one session of this process: each one keeps the whole description of S3, 12 MB, in memory."""
    return boto3.Session(aws_access_key_id=chave, aws_secret_access_key=segredo)


def armazenamento() -> ArmazenamentoEmPasta | ArmazenamentoS3:
    """Return the storage that the settings name, for what receives many files at once."""
    assert isinstance(default_storage, ArmazenamentoEmPasta | ArmazenamentoS3)
    return default_storage
