"""What was typed in a form that was sent after the session had ended."""

import json
from collections.abc import Mapping
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import fabricas
from contas.models import Sessao, Usuario

pytestmark = pytest.mark.django_db
DIGITADO = {"nome_social": "Dandara <3", "telefone": "(31) 99999-0000"}


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    """Somebody with a page open, whose session ends on the server."""
    pessoa = fabricas.usuario()
    client.force_login(pessoa)
    client.get(reverse("minha_conta"))
    Sessao.objects.all().delete()
    return pessoa


def enviar_tarde(client: Client, campos: Mapping[str, object] = DIGITADO) -> str:
    resposta = client.post(reverse("minha_conta"), campos)
    assert resposta.status_code == 302
    return resposta["Location"]


def entrar(client: Client, pessoa: Usuario, endereco: str) -> str:
    """Sign in and return the page that comes."""
    login = client.post(endereco, {"login": pessoa.cpf, "password": fabricas.SENHA})
    return client.get(login["Location"]).content.decode()


def test_what_was_typed_is_there_after_signing_in_and_nothing_was_sent(
    client: Client, pessoa: Usuario
) -> None:
    endereco = enviar_tarde(client)
    assert "fica guardado por duas horas" in client.get(endereco).content.decode()
    pagina = entrar(client, pessoa, endereco)
    assert "Recuperamos o que você digitou" in pagina
    assert 'value="Dandara &lt;3"' in pagina
    assert 'value="(31) 99999-0000"' in pagina
    pessoa.refresh_from_db()
    assert (pessoa.nome_social, pessoa.telefone) == ("", "")


def test_it_waits_until_the_form_is_sent(client: Client, pessoa: Usuario) -> None:
    entrar(client, pessoa, enviar_tarde(client))
    client.get(reverse("painel"))
    assert "Recuperamos" in client.get(reverse("minha_conta")).content.decode()
    client.post(reverse("minha_conta"), {"nome_social": "Dandara", "telefone": ""})
    assert "Recuperamos" not in client.get(reverse("minha_conta")).content.decode()


def test_it_can_be_thrown_away(client: Client, pessoa: Usuario) -> None:
    entrar(client, pessoa, enviar_tarde(client))
    volta = client.post(reverse("descartar_guardado"), {"next": reverse("minha_conta")})
    assert volta["Location"] == reverse("minha_conta")
    assert "Recuperamos" not in client.get(reverse("minha_conta")).content.decode()


def test_another_person_at_the_same_computer_never_sees_it(client: Client, pessoa: Usuario) -> None:
    endereco, outra = enviar_tarde(client), fabricas.usuario()
    assert "Dandara" not in entrar(client, outra, endereco)
    client.post(reverse("account_logout"))
    assert "Dandara" not in entrar(client, pessoa, endereco)


def test_another_browser_of_the_same_person_does_not_show_it(client: Client, pessoa: Usuario) -> None:
    endereco = enviar_tarde(client)
    assert "Recuperamos" not in entrar(Client(), pessoa, endereco)


def test_who_left_on_purpose_leaves_nothing_behind(client: Client) -> None:
    pessoa = fabricas.usuario()
    client.force_login(pessoa)
    client.get(reverse("minha_conta"))
    client.post(reverse("account_logout"))
    assert "Recuperamos" not in entrar(client, pessoa, enviar_tarde(client))


def test_a_visitor_who_was_never_in_leaves_nothing(client: Client) -> None:
    enviar_tarde(client)
    assert "formulario_guardado" not in client.session


def test_a_cookie_that_was_made_up_names_nobody(client: Client, pessoa: Usuario) -> None:
    client.cookies["cagec_quem"] = f'"{pessoa.uuid}":abc:def'
    enviar_tarde(client)
    assert "formulario_guardado" not in client.session


def test_after_two_hours_it_is_gone(client: Client, pessoa: Usuario) -> None:
    endereco = enviar_tarde(client)
    tarde = (timezone.now() + timedelta(hours=2, seconds=5)).timestamp()
    client.post(endereco, {"login": pessoa.cpf, "password": fabricas.SENHA})
    with patch("cryptography.fernet.time.time", return_value=tarde):
        assert "Recuperamos" not in client.get(reverse("minha_conta")).content.decode()
    assert "formulario_guardado" not in client.session


def test_it_is_kept_encrypted_without_files_and_passwords(client: Client, pessoa: Usuario) -> None:
    arquivo = SimpleUploadedFile("foto.png", b"conteudo do arquivo")
    segredos = {"senha": "minha senha secreta", "csrfmiddlewaretoken": "abc", "foto": arquivo}
    enviar_tarde(client, {**DIGITADO, **segredos})
    assert "Dandara" not in json.dumps(dict(client.session.items()))
    from contas.formulario_guardado import guardado

    pedido = client.get("/").wsgi_request
    guardado_ = guardado(pedido, pessoa)
    assert guardado_ is not None
    assert set(guardado_["campos"]) == set(DIGITADO)


@pytest.mark.parametrize(
    ("pagina", "segredos"),
    [
        ("account_reauthenticate", ["password"]),
        ("adicionar_chave", ["name", "credential"]),
        ("alterar_senha", ["atual", "senha", "repetir"]),
        ("aceitar_termo", ["senha"]),
        ("ativar_aplicativo", ["semente", "codigo"]),
        ("mfa_authenticate", ["code"]),
        ("mfa_authenticate", ["credential"]),
        ("mfa_reauthenticate", ["code"]),
    ],
)
def test_a_secret_is_never_kept(client: Client, pessoa: Usuario, pagina: str, segredos: list[str]) -> None:
    resposta = client.post(reverse(pagina), dict.fromkeys(segredos, "123456"))
    assert resposta["Location"].startswith(reverse("account_login"))
    assert "formulario_guardado" not in client.session


def test_what_is_kept_is_still_there_when_the_two_hours_are_almost_over(
    client: Client, pessoa: Usuario
) -> None:
    endereco = enviar_tarde(client)
    Sessao.objects.update(expire_date=F("expire_date") - timedelta(hours=1, minutes=59))
    assert "Recuperamos" in entrar(client, pessoa, endereco)


def test_a_former_secret_key_still_opens_it(client: Client, pessoa: Usuario, settings) -> None:
    endereco = enviar_tarde(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "outra-chave-que-so-existe-neste-teste-" + "y" * 30
    assert "Recuperamos" in entrar(client, pessoa, endereco)


def test_what_another_site_sends_is_not_kept(pessoa: Usuario) -> None:
    exigente = Client(enforce_csrf_checks=True)
    exigente.force_login(pessoa)
    exigente.get(reverse("minha_conta"))
    Sessao.objects.all().delete()
    assert exigente.post(reverse("minha_conta"), DIGITADO).status_code == 403
    assert "formulario_guardado" not in exigente.session


def test_a_form_too_large_to_keep_breaks_nothing(client: Client, pessoa: Usuario) -> None:
    enviar_tarde(client, {"nome_social": "x" * 300_000})
    assert "formulario_guardado" not in client.session
