"""The page on which a person chooses the warnings."""

import pytest
from django.urls import reverse

from convenentes.models import PreferenciaDeAviso
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def test_a_visitor_goes_to_the_login_page() -> None:
    resposta = apoio.entrar(None).get(reverse("avisos"))
    assert resposta.status_code == 302
    assert reverse("account_login") in resposta["Location"]


def test_who_never_chose_gets_all_and_reads_which_ones_always_come() -> None:
    resposta = apoio.entrar(apoio.pessoa(1, "Rita")).get(reverse("avisos"))
    assert apoio.texto(resposta).count(" checked") == 4
    assert "30 dias, de 7 dias e do próprio dia são sempre enviados" in apoio.texto(resposta)


@pytest.mark.parametrize(("marcados", "guardados"), [(["60", "1"], [1, 60]), ([], [])])
def test_what_was_chosen_is_kept_and_shown_again(marcados: list[str], guardados: list[int]) -> None:
    rita, lia = apoio.pessoa(1, "Rita"), apoio.pessoa(2, "Lia")
    cliente = apoio.entrar(rita)
    resposta = cliente.post(reverse("avisos"), {"limiares": marcados}, follow=True)
    assert "Suas escolhas de aviso foram salvas." in apoio.texto(resposta)
    assert PreferenciaDeAviso.objects.get(usuario=rita).limiares == guardados
    assert apoio.texto(resposta).count(" checked") == len(guardados)
    assert not PreferenciaDeAviso.objects.filter(usuario=lia).exists()


def test_a_threshold_that_is_not_offered_is_refused_and_nothing_is_kept() -> None:
    rita = apoio.pessoa(1, "Rita")
    resposta = apoio.entrar(rita).post(reverse("avisos"), {"limiares": ["45"]})
    assert resposta.status_code == 200
    assert resposta.context["form"].errors
    assert not PreferenciaDeAviso.objects.exists()


def test_the_account_page_leads_here() -> None:
    pagina = apoio.texto(apoio.entrar(apoio.pessoa(1, "Rita")).get(reverse("minha_conta")))
    assert reverse("avisos") in pagina
