"""What the folder of files has taken survives a power cut."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from documentos.armazenamento import ArmazenamentoEmPasta


@pytest.fixture
def no_disco(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List what the disk was waited for, by path."""
    nomes: list[str] = []
    esperar = os.fsync

    def anotar(descritor: int) -> None:
        esperar(descritor)
        nomes.append(str(Path(f"/proc/self/fd/{descritor}").readlink()))

    monkeypatch.setattr(os, "fsync", anotar)
    return nomes


def test_a_file_and_the_folders_that_name_it_are_on_the_disk_when_it_is_saved(
    tmp_path: Path, no_disco: list[str]
) -> None:
    ArmazenamentoEmPasta(location=tmp_path).save("aa/um", ContentFile(b"um"))
    assert no_disco[0] == str(tmp_path / "aa/um")
    assert set(no_disco[1:]) == {str(tmp_path / "aa"), str(tmp_path)}


def test_of_many_files_each_folder_is_waited_for_once(tmp_path: Path, no_disco: list[str]) -> None:
    armazem = ArmazenamentoEmPasta(location=tmp_path, file_permissions_mode=0o600)
    nomes = [f"{pasta}/{n}" for pasta in ("aa", "bb") for n in range(10)]
    for nome in nomes:
        armazem.escrever(nome, nome.encode())
    assert not no_disco
    armazem.sincronizar(nomes)
    assert sorted(no_disco) == sorted(str(tmp_path / nome) for nome in ["", "aa", "bb", *nomes])
    assert (tmp_path / "bb/9").read_bytes() == b"bb/9"
    assert (tmp_path / "bb/9").stat().st_mode & 0o777 == 0o600


def test_nothing_that_was_stored_is_overwritten(tmp_path: Path) -> None:
    armazem = ArmazenamentoEmPasta(location=tmp_path)
    armazem.escrever("aa/um", b"um")
    with pytest.raises(FileExistsError):
        armazem.escrever("aa/um", b"dois")
    assert (tmp_path / "aa/um").read_bytes() == b"um"
