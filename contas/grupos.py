"""The group of the CAGEC team. Upper floors say in ``ready()`` what the desk needs of their models."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from contas.models import Usuario

ANALISTAS = "Analistas CAGEC"
_permissoes: set[str] = {
    "contas.view_usuario",
    "contas.view_convite",
    "contas.view_termo",
    "contas.view_aceitedetermo",
    "contas.view_pedidodotitular",
    "contas.change_pedidodotitular",
    "correio.view_mensagem",
    "correio.change_mensagem",
}


def permitir_a_equipe(*permissoes: str) -> None:
    """Add permissions (``app.codename``) to those of the group. Takes effect at the next ``sincronizar``."""
    _permissoes.update(permissoes)


def sincronizar() -> Group:
    """Create the group and give it every declared permission. What the office added by hand stays.

    Raises LookupError when a declared permission does not exist, so a typing error does not go unseen.
    """
    grupo, _ = Group.objects.get_or_create(name=ANALISTAS)
    pares = [p.split(".", 1) for p in sorted(_permissoes)]
    filtro = Q(pk=None)
    for app, codigo in pares:
        filtro |= Q(content_type__app_label=app, codename=codigo)
    achadas = list(Permission.objects.filter(filtro).select_related("content_type"))
    faltam = _permissoes - {f"{p.content_type.app_label}.{p.codename}" for p in achadas}
    if faltam:
        raise LookupError(f"Permissões que não existem: {', '.join(sorted(faltam))}")
    grupo.permissions.add(*achadas)
    return grupo


def membros() -> list[Usuario]:
    """Return the active persons of the group."""
    return list(Usuario.objects.filter(groups__name=ANALISTAS, is_active=True))


def incluir_na_equipe(usuario: Usuario) -> None:
    """Put a team member in the group of analysts."""
    grupo, _ = Group.objects.get_or_create(name=ANALISTAS)
    usuario.groups.add(grupo)
