"""The small things every app stands on: today, the shared fields, the health page."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.campos import ChaveEnvioField, DataField
from cagec.tempo import hoje


def test_today_is_the_day_in_minas(monkeypatch: pytest.MonkeyPatch) -> None:
    quase_amanha = datetime(2026, 11, 3, 2, 59, tzinfo=UTC)  # 23:59 of the day before
    monkeypatch.setattr(timezone, "now", lambda: quase_amanha)
    assert hoje() == date(2026, 11, 2)
    monkeypatch.setattr(timezone, "now", lambda: quase_amanha.replace(hour=3, minute=0))
    assert hoje() == date(2026, 11, 3)


def test_a_file_moves_the_clock_of_the_tests_and_of_nothing_else(settings: Any, tmp_path: Any) -> None:
    settings.DADOS = tmp_path
    (tmp_path / "hoje").write_text("2030-01-31\n")
    assert hoje() == date(2030, 1, 31)
    for ambiente in ("embutido", "producao"):
        settings.AMBIENTE = ambiente
        assert hoje() == timezone.localdate()


@pytest.mark.parametrize(
    ("digitado", "dia"),
    [
        ("2028-02-29", date(2028, 2, 29)),
        ("29/02/2028", date(2028, 2, 29)),
        (" 01/02/1999 ", date(1999, 2, 1)),
    ],
)
def test_a_date_is_understood_in_both_ways(digitado: str, dia: date) -> None:
    assert DataField().clean(digitado) == dia


@pytest.mark.parametrize("digitado", ["29/02/2027", "2026-13-01", "amanhã", "1/1", "01/01/10000", "-1"])
def test_what_is_no_date_says_how_to_write_one(digitado: str) -> None:
    with pytest.raises(ValidationError, match="dia/mês/ano"):
        DataField().clean(digitado)


def test_a_key_is_kept_and_a_damaged_one_becomes_a_new_one() -> None:
    campo, chave = ChaveEnvioField(), uuid4()
    assert campo.clean(str(chave)) == chave
    novas = {campo.clean(ruim) for ruim in ("", None, "x", "\0", str(chave)[:-1])}
    assert len(novas) == 5
    assert all(isinstance(nova, UUID) for nova in novas)


@pytest.mark.django_db
def test_the_portal_is_healthy_while_database_and_cache_answer(client: Client, settings: Any) -> None:
    assert client.get(reverse("saude")).json()["situacao"] == "ok"
    client.raise_request_exception = False
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert client.get(reverse("saude")).status_code == 500
