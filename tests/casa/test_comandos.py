"""The commands of the operator: safe to repeat, and they refuse what would do harm."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from contas.grupos import ANALISTAS
from convenentes.models import Fonte
from documentos.models import MotivoRecusa

pytestmark = pytest.mark.django_db


def test_only_the_owner_of_the_database_prepares(settings: Any) -> None:
    settings.PAPEL = "app"
    with pytest.raises(CommandError, match="CAGEC_PAPEL=dono"):
        call_command("preparar")


def test_preparing_again_changes_nothing_and_collects_static_files_once(
    settings: Any, tmp_path: Path
) -> None:
    settings.PAPEL, settings.AMBIENTE, settings.STATIC_ROOT = "dono", "embutido", tmp_path / "estaticos"
    motivos = MotivoRecusa.objects.count()
    call_command("preparar")
    reunido = settings.STATIC_ROOT / "css" / "portal.css"
    assert reunido.exists()
    reunido.unlink()
    call_command("preparar")
    assert not reunido.exists()
    assert MotivoRecusa.objects.count() == motivos
    assert Group.objects.get(name=ANALISTAS).permissions.exists()


def test_in_production_the_image_has_the_static_files_already(settings: Any, tmp_path: Path) -> None:
    settings.PAPEL, settings.AMBIENTE, settings.STATIC_ROOT = "dono", "producao", tmp_path / "estaticos"
    call_command("preparar")
    assert not settings.STATIC_ROOT.exists()


def test_the_catalogue_gets_what_is_missing_and_keeps_what_the_team_wrote() -> None:
    Fonte.objects.filter(codigo=Fonte.objects.latest("id").codigo).delete()
    mudada = Fonte.objects.earliest("id")
    Fonte.objects.filter(pk=mudada.pk).update(nome="Nome da equipe")
    saida = StringIO()
    call_command("carregar_catalogo", stdout=saida)
    assert saida.getvalue() == "cadastros externos: 1 a mais\n"
    call_command("carregar_catalogo", stdout=saida)
    assert saida.getvalue().count("\n") == 1
    mudada.refresh_from_db()
    assert mudada.nome == "Nome da equipe"


def test_the_group_of_the_team_comes_back_when_it_was_deleted() -> None:
    Group.objects.filter(name=ANALISTAS).delete()
    for _ in range(2):
        call_command("sincronizar_grupos")
    permissoes = Group.objects.get(name=ANALISTAS).permissions
    assert permissoes.filter(codename="change_solicitacao").count() == 1
