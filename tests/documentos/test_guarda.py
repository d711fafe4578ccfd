"""The storage first, the row second; when the row fails, the object goes away again."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DataError

from documentos import guarda
from documentos.models import Arquivo

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
