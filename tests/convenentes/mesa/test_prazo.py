"""A post without term: the team sets until when its papers hold."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import historico, situacao
from convenentes.models import Convenente, Vinculo
from tests.convenentes import mundo as construcao
from tests.convenentes.mesa import cena
from tests.convenentes.mundo import as_
from tests.convenentes.oraculo import Mandato, Mundo, Obrigacao, Organizacao, Prova

pytestmark = pytest.mark.django_db
ESTATUTO = Obrigacao("estatuto", validades=("MANDATO",))


def _registro(ate: date | None = None) -> Convenente:
    inicio = hoje() - timedelta(days=50)
    regras = construcao.catalogo((ESTATUTO,), {}, inicio)
    org = Organizacao(
        mandatos=(Mandato(inicio, ate),), provas=(Prova("estatuto", as_(inicio), "MANDATO", mandato=0),)
    )
    (registro,) = construcao.povoar(Mundo((ESTATUTO,), (org,), {}), regras)
    return registro


def _endereco(registro: Convenente) -> str:
    return reverse("admin:prazo_do_mandato", args=[registro.uuid])


@pytest.fixture
def cliente() -> Client:
    return cena.entrar(cena.analista())


def test_the_papers_hold_through_the_day_that_the_team_set(cliente: Client) -> None:
    registro = _registro()
    assert situacao.quadro(registro, hoje() + timedelta(days=9000)).regular
    fim = hoje() + timedelta(days=5)
    resposta = cliente.post(_endereco(registro), {"provas_ate": f"{fim:%Y-%m-%d}", "motivo": "Estatuto novo"})
    assert resposta["Location"] == reverse("admin:convenentes_convenente_change", args=[registro.pk])
    assert situacao.quadro(registro, fim).regular
    assert not situacao.quadro(registro, fim + timedelta(days=1)).regular
    assert "Estatuto novo" in str(LogEntry.objects.get())
    assert historico.faixas(registro, hoje())[0].muda_em == fim + timedelta(days=1)


def test_the_date_may_be_taken_away(cliente: Client) -> None:
    registro = _registro()
    Vinculo.objects.update(provas_ate=hoje())
    cliente.post(_endereco(registro), {"provas_ate": "", "motivo": "Sem prazo"})
    assert Vinculo.objects.get(convenente=registro).provas_ate is None


def test_a_past_day_is_refused_and_what_was_typed_stays(cliente: Client) -> None:
    registro = _registro()
    pagina = cliente.post(_endereco(registro), {"provas_ate": "2020-01-01", "motivo": "Engano"})
    assert "Escolha hoje ou um dia futuro." in cena.texto(pagina)
    assert "Engano" in cena.texto(pagina)
    assert Vinculo.objects.get(convenente=registro).provas_ate is None


def test_a_mandate_with_an_end_has_no_such_page(cliente: Client) -> None:
    assert cliente.get(_endereco(_registro(hoje() + timedelta(days=90)))).status_code == 404


def test_the_record_leads_to_the_page_only_when_it_applies(cliente: Client) -> None:
    registro = _registro()
    pagina = reverse("admin:convenentes_convenente_change", args=[registro.pk])
    assert _endereco(registro) in cena.texto(cliente.get(pagina))
    Vinculo.objects.update(mandato_ate=hoje() + timedelta(days=90))
    assert _endereco(registro) not in cena.texto(cliente.get(pagina))
