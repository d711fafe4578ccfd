"""Foreign keys go down the floors only, as imports do (``make check`` looks at both)."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from cagec.andares import ANDARES, subidas


def test_no_foreign_key_climbs_a_floor() -> None:
    assert [erro for erro in run_checks() if erro.id == "cagec.E001"] == []


@isolate_apps("documentos", "convenentes")
def test_a_key_that_climbs_is_found_and_one_that_goes_down_is_not() -> None:
    class Alto(models.Model):
        class Meta:
            app_label = "convenentes"

    class Baixo(models.Model):
        alto: Any = models.ForeignKey(Alto, on_delete=models.PROTECT)

        class Meta:
            app_label = "documentos"

    Alto.__module__, Baixo.__module__ = "convenentes.models", "documentos.models"
    assert subidas([Alto, Baixo]) == [("documentos.Baixo.alto", Alto)]
    Alto.__module__, Baixo.__module__ = "documentos.models", "convenentes.models"
    assert subidas([Alto, Baixo]) == []


def test_every_app_of_ours_has_a_floor() -> None:
    raiz = str(settings.BASE_DIR)
    nossos = {
        c.name.split(".")[0]
        for c in apps.get_app_configs()
        if c.path.startswith(raiz) and "site-packages" not in c.path
    }
    assert nossos == set(ANDARES)
