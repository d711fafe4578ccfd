"""The services that every other test stands on."""

import pytest
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import ProgrammingError, connection, transaction


@pytest.mark.django_db
def test_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("cagec_app",)


@pytest.mark.django_db
def test_the_application_role_cannot_change_the_schema() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE TABLE intrusa (id int)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("vez", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(vez: int) -> None:
    from cagec.correio.models import Mensagem

    assert not Mensagem.objects.filter(chave="teste").exists()
    Mensagem.objects.create(chave="teste", tipo="teste", para="a@example.org")


def test_the_cache_answers() -> None:
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_mail_arrives_in_the_mailbox(caixa_postal) -> None:
    send_mail("Assunto", "Texto", None, ["pessoa@example.org"])
    assert [m["Subject"] for m in caixa_postal("pessoa@example.org")] == ["Assunto"]
