from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from documentos.models import Exigencia, Norma, TipoConvenente
from documentos.normas import alterar, publicar
from tests.convenentes.telas.apoio import texto

pytestmark = pytest.mark.django_db


def _do_tipo(client: Client, slug: str = "osc", **filtro: str) -> str:
    return texto(client.get(reverse("documentos_exigidos_do_tipo", args=[slug]), filtro))


def test_every_type_has_its_page(client: Client) -> None:
    indice = client.get(reverse("documentos_exigidos")).content.decode()
    for tipo in TipoConvenente.objects.all():
        assert reverse("documentos_exigidos_do_tipo", args=[tipo.slug]) in indice
        pagina = _do_tipo(client, tipo.slug)
        nomes = Exigencia.objects.filter(tipos=tipo).values_list("nome", flat=True)
        assert all(nome in pagina for nome in nomes)


def test_a_line_says_how_long_it_holds_where_it_is_issued_and_of_whom_it_is_asked(client: Client) -> None:
    pagina = _do_tipo(client)
    assert "Vale até a data impressa no documento, em geral 30 dias após a emissão." in pagina
    assert "Onde emitir" in pagina
    assert "Só para quem atua na assistência social." in pagina


def test_alternatives_are_offered_one_after_the_other(client: Client) -> None:
    assert "Ou: " in _do_tipo(client, "municipio")


def test_the_list_of_another_day_can_be_asked_for(client: Client) -> None:
    norma = Norma.objects.create(slug="nova", nome="Norma de 2027", vigente_de=date(2027, 3, 1))
    copia = alterar(norma, Exigencia.objects.get(codigo="cndt"))
    Exigencia.objects.filter(pk=copia.pk).update(nome="Certidão nova", transicao_ate=date(2027, 6, 30))
    publicar(norma)
    hoje = _do_tipo(client)
    assert "Certidão nova" not in hoje
    assert "A lista muda em" in hoje
    futura = _do_tipo(client, em="2027-03-01")
    assert "Certidão nova" in futura
    assert "a falta só conta depois de 30/06/2027" in futura


def test_before_the_first_norm_there_is_no_list(client: Client) -> None:
    assert "Nenhuma lista estava em vigor" in _do_tipo(client, em="1999-01-01")


def test_a_bad_day_has_a_message_and_shows_the_list_of_today(client: Client) -> None:
    pagina = _do_tipo(client, em="ontem")
    assert "Informe a data como dia/mês/ano" in pagina
    assert "Certidão" in pagina


def test_an_unknown_type_is_not_found(client: Client) -> None:
    assert client.get(reverse("documentos_exigidos_do_tipo", args=["nenhum"])).status_code == 404
