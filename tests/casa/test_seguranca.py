"""Production starts with safe values only, and says everything that is wrong at once."""

import os
import subprocess
import sys

import pytest

from cagec.seguranca import problemas
from tests.servicos import RAIZ

SEGURO = {
    "CAGEC_AMBIENTE": "producao",
    "CAGEC_SECRET_KEY": "0123456789" * 5,
    "CAGEC_ENDERECO": "https://cagec.example.org",
    "CAGEC_HOSTS": "cagec.example.org",
    "DATABASE_URL": "postgresql://cagec_app@banco/cagec",
    "VALKEY_URL": "redis://fila:6379/0",
    "EMAIL_HOST": "correio",
    "S3_BUCKET": "cagec",
    "S3_ENDPOINT": "https://arquivos.example.org",
    "S3_KEY": "chave",
    "S3_SECRET": "segredo",
    "ANTIVIRUS": "clamd",
    "GOVBR_ENDERECO": "https://sso.example.org",
    "GOVBR_CLIENTE": "portal",
    "GOVBR_SEGREDO": "segredo",
    "CAGEC_RETORNO": "retorno@example.org",
    "IMAP_HOST": "imap.example.org",
    "IMAP_USER": "retorno",
    "IMAP_PASSWORD": "segredo",
}


def test_safe_values_have_no_problem() -> None:
    assert problemas(SEGURO) == []


def test_gov_br_is_configured_whole_or_not_at_all() -> None:
    sem = {nome: "" for nome in SEGURO if nome.startswith("GOVBR_")}
    assert problemas(SEGURO | sem) == []
    assert len(problemas(SEGURO | sem | {"GOVBR_ENDERECO": SEGURO["GOVBR_ENDERECO"]})) == 2


def test_mails_come_back_to_a_mailbox_that_is_read_or_to_none() -> None:
    sem = {nome: "" for nome in SEGURO if nome.startswith(("IMAP_", "CAGEC_RETORNO"))}
    assert problemas(SEGURO | sem) == []
    assert len(problemas(SEGURO | sem | {"IMAP_HOST": "imap.example.org"})) == 3


@pytest.mark.parametrize(
    ("variavel", "valor"),
    [
        ("CAGEC_SECRET_KEY", ""),
        ("CAGEC_SECRET_KEY", "curta"),
        ("CAGEC_SECRET_KEY", "a" * 60),
        ("CAGEC_SECRET_KEYS_ANTIGAS", "curta"),
        ("CAGEC_ENDERECO", "http://cagec.example.org"),
        ("CAGEC_HOSTS", ""),
        ("CAGEC_HOSTS", "*"),
        ("CAGEC_HOSTS", ".example.org"),
        ("CAGEC_HOSTS", "outro.example.org"),
        ("DATABASE_URL", ""),
        ("VALKEY_URL", ""),
        ("EMAIL_HOST", ""),
        ("S3_BUCKET", ""),
        ("S3_ENDPOINT", ""),
        ("S3_KEY", ""),
        ("S3_SECRET", ""),
        ("ANTIVIRUS", "desligado"),
        ("CAGEC_CAIXA_POSTAL", "caixa"),
        ("DEMO", "1"),
        ("GOVBR_ENDERECO", "http://sso.example.org"),
        ("CAGEC_RETORNO", ""),
        ("IMAP_USER", ""),
        ("IMAP_TLS", "0"),
    ],
)
def test_each_unsafe_value_is_named(variavel: str, valor: str) -> None:
    (problema,) = problemas({**SEGURO, variavel: valor})
    assert problema.startswith(variavel)


def test_production_does_not_start_and_lists_every_problem() -> None:
    resultado = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=RAIZ,
        env={"PATH": os.environ["PATH"], "CAGEC_AMBIENTE": "producao", "DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert resultado.returncode != 0
    for variavel in ("CAGEC_SECRET_KEY", "CAGEC_ENDERECO", "ANTIVIRUS", "S3_BUCKET", "DATABASE_URL", "DEMO"):
        assert variavel in resultado.stderr


@pytest.mark.parametrize(
    "ambiente", [SEGURO, {"CAGEC_AMBIENTE": "embutido"}], ids=lambda a: a["CAGEC_AMBIENTE"]
)
def test_outside_the_tests_a_password_costs_what_django_asks_for(ambiente: dict[str, str]) -> None:
    programa = "from django.contrib.auth.hashers import make_password; print(make_password('senha'))"
    resultado = subprocess.run(
        [sys.executable, "-c", programa],
        cwd=RAIZ,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cagec.settings", **ambiente},
        capture_output=True,
        text=True,
        check=True,
    )
    assert resultado.stdout.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
