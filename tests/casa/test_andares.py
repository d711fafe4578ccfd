"""Foreign keys go down the floors only, as imports do (``make check`` looks at those)."""

from django.apps import apps
from django.conf import settings
from django.db.models import Model

ANDARES = {"cagec": 0, "correio": 0, "contas": 1, "documentos": 2, "convenentes": 3, "atendimento": 4}


def _relacoes() -> list[tuple[str, type[Model], type[Model]]]:
    """List the relations of our models: name, model that points, model pointed at."""
    return [
        (campo.name, modelo, campo.related_model)
        for modelo in apps.get_models(include_auto_created=True)
        if modelo._meta.app_label in ANDARES
        for campo in modelo._meta.get_fields()
        if campo.is_relation and not campo.auto_created and isinstance(campo.related_model, type)
    ]


def test_there_are_relations_to_look_at() -> None:
    assert len(_relacoes()) > 20


def test_no_foreign_key_climbs_a_floor() -> None:
    subidas = [
        f"{modelo._meta.label}.{nome} → {alvo._meta.label}"
        for nome, modelo, alvo in _relacoes()
        if alvo._meta.label != settings.AUTH_USER_MODEL
        and ANDARES.get(alvo._meta.app_label, 0) > ANDARES[modelo._meta.app_label]
    ]
    assert subidas == []


def test_every_app_of_ours_has_a_floor() -> None:
    raiz = str(settings.BASE_DIR)
    nossos = {
        c.label for c in apps.get_app_configs() if c.path.startswith(raiz) and "site-packages" not in c.path
    }
    assert nossos == set(ANDARES)
