"""The term of use comes with the system and a published version stays as it was."""

import pytest

from contas import termos
from contas.models import Termo

pytestmark = pytest.mark.django_db


def test_the_first_version_covers_what_the_lgpd_asks_to_tell() -> None:
    texto = Termo.objects.get(versao=1).texto
    for assunto in (
        "controlador",
        "obrigação legal",
        "compartilh",
        "guard",
        "art. 18",
        "cagec@governo.mg.gov.br",
    ):
        assert assunto in texto


def test_loading_again_keeps_the_published_version() -> None:
    Termo.objects.filter(versao=1).update(titulo="Termo publicado")
    assert termos.carregar() == {"termos de uso": 0}
    assert Termo.objects.get(versao=1).titulo == "Termo publicado"
