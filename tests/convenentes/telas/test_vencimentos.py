"""The page of expiries of an organisation, its calendar, and the next expiry on the panel."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes.models import Convenente, EnderecoDeCalendario, Vinculo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def cena(dias: int = 5) -> tuple[Convenente, Usuario]:
    """An organisation whose representante has so many days of mandate left."""
    lia = apoio.pessoa(2, "Lia Representante")
    convenente = apoio.organizacao(lia)
    Vinculo.objects.filter(convenente=convenente).update(mandato_ate=hoje() + timedelta(days=dias))
    return convenente, lia


def criar(cliente: Client, convenente: Convenente) -> str:
    """Press the button; return the address that the page shows, without the host."""
    resposta = cliente.post(reverse("calendario_criar", args=[convenente.uuid]))
    (endereco,) = re.findall(r"<code>(\S+)</code>", resposta.content.decode())
    return str(endereco).removeprefix(settings.ENDERECO)


def test_members_read_what_expires_and_outsiders_get_404() -> None:
    convenente, lia = cena()
    endereco = reverse("vencimentos", args=[convenente.uuid])
    pagina = apoio.texto(apoio.entrar(lia).get(endereco))
    assert "Mandato do representante legal" in pagina
    assert f"Vence em {hoje() + timedelta(days=5):%d/%m/%Y} (em 5 dias)" in pagina
    assert apoio.entrar(apoio.pessoa(4, "Edu Estranho")).get(endereco).status_code == 404


def test_without_anything_to_expire_it_says_so() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    pagina = apoio.texto(apoio.entrar(lia).get(reverse("vencimentos", args=[apoio.organizacao(lia).uuid])))
    assert "Nada do que esta organização apresentou tem data para vencer." in pagina


def test_the_page_leads_to_where_each_line_is_renewed() -> None:
    convenente, lia = cena()
    pagina = apoio.texto(apoio.entrar(lia).get(reverse("vencimentos", args=[convenente.uuid])))
    assert f'href="{reverse("organizacao", args=[convenente.uuid])}"' in pagina


def test_the_address_is_shown_once_and_opens_without_signing_in() -> None:
    convenente, lia = cena()
    cliente = apoio.entrar(lia)
    endereco = criar(cliente, convenente)
    pagina = apoio.texto(cliente.get(reverse("vencimentos", args=[convenente.uuid])))
    assert endereco not in pagina
    assert "Criar outro endereço" in pagina
    resposta = apoio.entrar(None).get(endereco)
    assert resposta.status_code == 200
    assert resposta["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in resposta["Cache-Control"]
    assert "Mandato do representante legal" in resposta.content.decode()


def test_the_page_with_the_address_is_kept_by_no_cache() -> None:
    convenente, lia = cena()
    resposta = apoio.entrar(lia).post(reverse("calendario_criar", args=[convenente.uuid]))
    assert "no-store" in resposta["Cache-Control"]


def test_a_new_address_and_the_switch_off_kill_the_old_one() -> None:
    convenente, lia = cena()
    cliente = apoio.entrar(lia)
    velho, novo = criar(cliente, convenente), criar(cliente, convenente)
    assert [apoio.entrar(None).get(e).status_code for e in (velho, novo)] == [404, 200]
    resposta = cliente.post(reverse("calendario_desligar", args=[convenente.uuid]), follow=True)
    assert "O endereço do calendário foi desligado." in apoio.texto(resposta)
    assert apoio.entrar(None).get(novo).status_code == 404


def test_an_outsider_makes_no_address_and_turns_none_off() -> None:
    convenente, lia = cena()
    criar(apoio.entrar(lia), convenente)
    estranho = apoio.entrar(apoio.pessoa(4, "Edu Estranho"))
    for nome in ("calendario_criar", "calendario_desligar"):
        assert estranho.post(reverse(nome, args=[convenente.uuid])).status_code == 404
    assert EnderecoDeCalendario.objects.get().usuario == lia


def test_who_comes_back_from_signing_in_arrives_at_the_page_of_the_buttons() -> None:
    convenente, lia = cena()
    for nome in ("calendario_criar", "calendario_desligar"):
        resposta = apoio.entrar(lia).get(reverse(nome, args=[convenente.uuid]))
        assert resposta["Location"] == reverse("vencimentos", args=[convenente.uuid])
    assert not EnderecoDeCalendario.objects.exists()


def test_a_wrong_secret_gets_404() -> None:
    assert apoio.entrar(None).get(reverse("calendario", args=["x" * 43])).status_code == 404


def test_the_panel_shows_the_next_expiry_of_each_organisation() -> None:
    convenente, lia = cena()
    pagina = apoio.texto(apoio.entrar(lia).get(reverse("painel")))
    dia = hoje() + timedelta(days=5)
    assert f"Próximo vencimento: Mandato do representante legal em {dia:%d/%m/%Y}" in pagina
    assert reverse("vencimentos", args=[convenente.uuid]) in pagina


def test_the_panel_is_silent_about_what_has_already_expired() -> None:
    _, lia = cena(-1)
    assert "Próximo vencimento" not in apoio.texto(apoio.entrar(lia).get(reverse("painel")))
