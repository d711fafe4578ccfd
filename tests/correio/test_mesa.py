"""The outbox at the team's desk: read, and sent again; never edited."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import grupos
from contas.fabricas import usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def mensagens() -> list[Mensagem]:
    return [
        Mensagem.objects.create(
            chave=estado,
            tipo="teste",
            para=f"{estado}@example.org",
            estado=estado,
            tentativas=8,
            assunto="Já escrito" if estado == "enviada" else "",
        )
        for estado in Mensagem.Estado.values
    ]


def _entrar(client: Client, **campos: Any) -> None:
    grupos.sincronizar()
    pessoa = usuario(is_staff=True, **campos)
    grupos.incluir_na_equipe(pessoa)
    client.force_login(pessoa)


@pytest.mark.parametrize("chefe", [False, True])
def test_nobody_edits_a_mail(client: Client, mensagens: list[Mensagem], chefe: bool) -> None:
    _entrar(client, is_superuser=chefe)
    lista = client.get(reverse("admin:correio_mensagem_changelist")).content.decode()
    assert "Já escrito" in lista
    pagina = reverse("admin:correio_mensagem_change", args=[mensagens[0].pk])
    assert '<input type="text"' not in client.get(pagina).content.decode()
    assert client.post(pagina, {"para": "x@example.org"}).status_code == 403
    assert client.post(reverse("admin:correio_mensagem_delete", args=[mensagens[0].pk])).status_code == 403
    assert client.get(reverse("admin:correio_mensagem_add")).status_code == 403
    assert sorted(Mensagem.objects.values_list("para", flat=True)) == sorted(m.para for m in mensagens)


def _tentar(client: Client, mensagens: list[Mensagem]) -> str:
    envio = {"action": "tentar_de_novo", "_selected_action": [m.pk for m in mensagens]}
    return client.post(reverse("admin:correio_mensagem_changelist"), envio, follow=True).content.decode()


def test_only_what_failed_goes_back_to_the_queue_once(client: Client, mensagens: list[Mensagem]) -> None:
    _entrar(client)
    assert "1 mensagem(ns) de volta à fila" in _tentar(client, mensagens)
    assert "0 mensagem(ns) de volta à fila" in _tentar(client, mensagens)
    falhou = Mensagem.objects.get(chave="falhou")
    assert (falhou.estado, falhou.tentativas) == (Mensagem.Estado.NA_FILA, 0)
    assert Mensagem.objects.get(chave="enviada").tentativas == 8


def test_who_only_reads_sends_nothing_again(client: Client, mensagens: list[Mensagem]) -> None:
    from django.contrib.auth.models import Permission

    leitora = usuario(is_staff=True)
    leitora.user_permissions.add(Permission.objects.get(codename="view_mensagem"))
    client.force_login(leitora)
    _tentar(client, mensagens)
    assert Mensagem.objects.get(chave="falhou").estado == Mensagem.Estado.FALHOU
