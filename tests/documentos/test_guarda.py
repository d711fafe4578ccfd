"""The storage first, the row second; when the row fails, the object goes away again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DataError, transaction
from django.utils import timezone

from documentos import guarda
from documentos.models import Arquivo
from documentos.tasks import varrer_orfaos

pytestmark = pytest.mark.django_db


def _objetos() -> set[str]:
    pastas, _ = default_storage.listdir("")
    return {f"{pasta}/{nome}" for pasta in pastas for nome in default_storage.listdir(pasta)[1]}


def test_what_the_system_makes_is_told_apart_from_what_a_person_sends(armazem: str) -> None:
    feito = guarda.guardar_gerado("crc.pdf", "application/pdf", b"%PDF-1.7")
    assert (feito.papel, feito.enviado_por) == (Arquivo.Papel.GERADO, None)
    assert guarda.ler(feito) == b"%PDF-1.7"


def test_a_row_that_fails_leaves_no_object_behind(armazem: str) -> None:
    guarda.guardar("x.pdf", "application/pdf", b"primeiro", None)
    antes = _objetos()
    assert antes
    with pytest.raises(DataError):
        guarda.guardar("x" * 256, "application/pdf", b"segundo", None)
    assert _objetos() == antes


def test_bytes_that_changed_in_the_storage_are_noticed(armazem: str) -> None:
    arquivo = guarda.guardar("x.pdf", "application/pdf", b"como chegou", None)
    assert guarda.integro(arquivo)
    default_storage.delete(arquivo.chave)
    default_storage.save(arquivo.chave, ContentFile(b"como chegoU"))
    assert not guarda.integro(arquivo)


def test_bytes_that_are_gone_are_noticed(armazem: str) -> None:
    arquivo = guarda.guardar("x.pdf", "application/pdf", b"como chegou", None)
    default_storage.delete(arquivo.chave)
    assert not guarda.integro(arquivo)


def _guardar_e_desistir() -> str:
    """Store a file in a transaction that rolls back later on; return the key that is left in the storage."""
    with transaction.atomic():
        chave = guarda.guardar("x.pdf", "application/pdf", b"de ninguem", None).chave
        transaction.set_rollback(True)
    return chave


def test_the_sweep_takes_what_belongs_to_no_row_and_nothing_else(armazem: str) -> None:
    fica, orfao = guarda.guardar("x.pdf", "application/pdf", b"de alguem", None), _guardar_e_desistir()
    assert guarda.varrer_orfaos(timezone.now() - timedelta(hours=1)) == 0
    assert default_storage.exists(orfao)
    assert guarda.varrer_orfaos(timezone.now() + timedelta(hours=1)) >= 1
    assert not default_storage.exists(orfao)
    assert guarda.integro(fica)


def test_the_nightly_sweep_waits_a_day_because_a_file_being_sent_has_no_row_yet() -> None:
    orfao = _guardar_e_desistir()
    varrer_orfaos()
    assert default_storage.exists(orfao)


def test_the_sweep_of_a_new_portal_finds_nothing(settings: Any, tmp_path: Any) -> None:
    vazio = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "novo"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": vazio}
    assert guarda.varrer_orfaos(timezone.now()) == 0
