"""The two storages, and the clock."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest


@pytest.fixture(params=["disco", "s3"])
def armazem(request: pytest.FixtureRequest, settings: Any) -> str:
    """Run the test on the file system, and again on a real S3 server."""
    if request.param == "s3":
        s3 = request.getfixturevalue("s3")
        opcoes = {
            "bucket_name": s3["S3_BUCKET"],
            "endpoint_url": s3["S3_ENDPOINT"],
            "access_key": s3["S3_KEY"],
            "secret_key": s3["S3_SECRET"],
        }
        padrao = {"BACKEND": "documentos.armazenamento.ArmazenamentoS3", "OPTIONS": opcoes}
        settings.STORAGES = {**settings.STORAGES, "default": padrao}
    nome: str = request.param
    return nome


@pytest.fixture
def hoje_e(settings: Any) -> Iterator[Callable[[date], None]]:
    """Move the clock of the rules to a day."""
    relogio = settings.DADOS / "hoje"
    yield lambda dia: relogio.write_text(dia.isoformat())
    relogio.unlink(missing_ok=True)
