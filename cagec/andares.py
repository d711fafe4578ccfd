"""Foreign keys go down the floors only, as imports do. A system check: ``make check`` and every command run it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

ANDARES = ("cagec", "contas", "documentos", "convenentes", "atendimento")


@register()
def chaves_que_sobem(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report every relation of our models that points to a higher floor, but for the one to the person."""
    return [
        Error(f"{nome} climbs a floor.", hint=f"Let {alvo._meta.label} point down instead.", id="cagec.E001")
        for nome, alvo in subidas(apps.get_models(include_auto_created=True))
    ]


def subidas(modelos: Iterable[type[Model]]) -> list[tuple[str, type[Model]]]:
    """Return the relations that climb: their name and the model pointed at."""
    return [
        (f"{modelo._meta.label}.{campo.name}", campo.related_model)
        for modelo in modelos
        for campo in modelo._meta.get_fields()
        if campo.is_relation and not campo.auto_created
        if isinstance(campo.related_model, type) and issubclass(campo.related_model, Model)
        if _andar(campo.related_model) > _andar(modelo) >= 0
        and campo.related_model._meta.label != settings.AUTH_USER_MODEL
    ]


def _andar(modelo: type[Model]) -> int:
    """Return the floor, 0 at the bottom; -1 for a library, which everybody may point at."""
    pacote = modelo.__module__.split(".")[0]
    return ANDARES.index(pacote) if pacote in ANDARES else -1
