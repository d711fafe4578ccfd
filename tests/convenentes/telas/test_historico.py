from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import historico
from convenentes.models import Convenente, Situacao
from tests.convenentes import mundo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


@pytest.fixture
def registro() -> Convenente:
    return mundo.convenente()


def _guardar(registro: Convenente, de: int, ate: int | None, regular: bool, **campos: Any) -> Situacao:
    dia = hoje()
    fim = None if ate is None else dia + timedelta(days=ate)
    padrao = {"motivos": [], "impedimento": False, "registrada_em": mundo.as_(dia + timedelta(days=de))}
    periodo = (dia + timedelta(days=de), fim)
    return Situacao.objects.create(convenente=registro, periodo=periodo, regular=regular, **(padrao | campos))


def _em(client: Client, registro: Convenente, dias: int) -> str:
    endereco = reverse("historico", args=[registro.cnpj])
    return apoio.texto(client.get(endereco, {"em": f"{hoje() + timedelta(days=dias):%Y-%m-%d}"}))


def test_anyone_reads_the_ranges_and_why(client: Client, registro: Convenente) -> None:
    motivos = [
        {
            "codigo": "cndt",
            "nome": "Certidão de débitos trabalhistas",
            "escopo": "convenente",
            "estado": "vencido",
        },
        {"codigo": "rl_selfie", "nome": "Autorretrato", "escopo": "representante", "estado": "vencido"},
    ]
    _guardar(registro, -30, -10, True)
    _guardar(registro, -10, None, False, motivos=motivos)
    pagina = apoio.texto(client.get(reverse("historico", args=[registro.cnpj])))
    assert "Certidão de débitos trabalhistas: vencido" in pagina
    assert "Identificação do representante legal: vencido" in pagina
    assert "Autorretrato" not in pagina
    assert f"a {hoje() - timedelta(days=11):%d/%m/%Y}" in pagina


def test_a_past_day_is_answered_as_it_was(client: Client, registro: Convenente) -> None:
    _guardar(registro, -30, -10, True)
    _guardar(registro, -10, None, False)
    assert ": REGULAR" in _em(client, registro, -11)
    assert ": IRREGULAR" in _em(client, registro, -10)


def test_what_was_said_stands_apart_from_what_was_true(client: Client, registro: Convenente) -> None:
    _guardar(registro, -30, None, True, substituida_em=mundo.as_(hoje()))
    _guardar(registro, -10, None, False, registrada_em=mundo.as_(hoje()))
    pagina = _em(client, registro, -5)
    assert ": IRREGULAR" in pagina
    assert "Naquele dia o portal dizia: <strong>REGULAR</strong>" in pagina


def test_today_and_the_future_come_from_the_rule(client: Client, registro: Convenente) -> None:
    _guardar(registro, -30, None, True)
    assert ": IRREGULAR" in _em(client, registro, 0)
    assert "É uma previsão" in _em(client, registro, 40)


def test_today_may_be_judged_by_the_list_of_another_day(client: Client, registro: Convenente) -> None:
    endereco = reverse("historico", args=[registro.cnpj])
    dia = f"{hoje():%Y-%m-%d}"
    pagina = apoio.texto(client.get(endereco, {"em": dia, "lista": "2021-05-04"}))
    assert "Pela lista de documentos exigida em 04/05/2021." in pagina
    assert "falta apresentar" in pagina
    antes = apoio.texto(client.get(endereco, {"em": dia, "lista": "2015-01-01"}))
    assert "falta apresentar" not in antes


def test_a_past_day_takes_no_other_list(client: Client, registro: Convenente) -> None:
    ontem = f"{hoje() - timedelta(days=1):%Y-%m-%d}"
    endereco = reverse("historico", args=[registro.cnpj])
    assert "Deixe este campo em branco." in apoio.texto(client.get(endereco, {"em": ontem, "lista": ontem}))


def test_a_day_before_the_record_says_so(client: Client, registro: Convenente) -> None:
    assert "o cadastro ainda não existia aqui" in _em(client, registro, -400)


def test_a_day_that_is_no_day_keeps_what_was_typed(client: Client, registro: Convenente) -> None:
    pagina = apoio.texto(client.get(reverse("historico", args=[registro.cnpj]), {"em": "31/02/2026"}))
    assert "Informe a data como dia/mês/ano" in pagina
    assert "31/02/2026" in pagina


def test_who_is_not_public_has_no_history(client: Client) -> None:
    oculto = mundo.convenente(estado="em_inscricao", numero=None)
    assert client.get(reverse("historico", args=[oculto.cnpj])).status_code == 404


def test_the_search_by_situation_asks_the_rule_when_an_answer_is_due(
    client: Client, registro: Convenente
) -> None:
    historico.atualizar(hoje(), [registro.pk])
    Situacao.objects.update(regular=True, muda_em=hoje() + timedelta(days=1))
    endereco = reverse("consulta")
    assert registro.razao_social in apoio.texto(client.get(endereco, {"situacao": "regular"}))
    Situacao.objects.update(muda_em=hoje())
    assert registro.razao_social not in apoio.texto(client.get(endereco, {"situacao": "regular"}))
    assert registro.razao_social in apoio.texto(client.get(endereco, {"situacao": "irregular"}))
