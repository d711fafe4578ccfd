"""``manage.py preparar``: everything a new version needs before it serves, run as the role cagec_dono."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migra o banco, carrega o catálogo e reúne os arquivos estáticos."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PAPEL != "dono":
            raise CommandError("Rode com CAGEC_PAPEL=dono: só o dono do banco migra.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("carregar_catalogo", verbosity=0)
        call_command("sincronizar_grupos", verbosity=0)
        if settings.AMBIENTE == "embutido":  # the production image collects them when it is built
            _reunir_estaticos()


def _reunir_estaticos() -> None:
    """Collect and compress the static files when one of them changed: it takes seconds."""
    marca = Path(settings.STATIC_ROOT) / ".origem"
    resumo = hashlib.sha256()
    for buscador in get_finders():
        for nome, armazem in buscador.list([]):
            estado = Path(armazem.path(nome)).stat()
            resumo.update(f"{nome} {estado.st_size} {estado.st_mtime_ns}\n".encode())
    if marca.exists() and marca.read_text() == resumo.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    marca.write_text(resumo.hexdigest())
