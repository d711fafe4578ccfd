"""The two storages, the scanner, and the clock."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.documentos import clamd as scanner


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


@pytest.fixture(scope="session")
def _clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real clamd, with the signatures of ``scanner``; its address. A missing one fails the run."""
    executavel = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if executavel is None:
        pytest.fail("clamd is missing. Install it:  sudo apt-get install clamav-daemon")
    clamd = scanner.Clamd(Path(executavel), tmp_path_factory.mktemp("clamd"))
    clamd.iniciar()
    yield clamd.endereco
    clamd.parar()


@pytest.fixture
def clamd(_clamd: str, settings: Any) -> str:
    """Examine files for real in this test."""
    settings.ANTIVIRUS, settings.CLAMD_ENDERECO = "clamd", _clamd
    return _clamd
