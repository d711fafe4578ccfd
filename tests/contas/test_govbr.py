"""Sign-in by gov.br, against a real OpenID Connect provider in a process of its own."""

import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import fabricas
from contas.models import AceiteDeTermo, Convite, Termo, Usuario
from tests.provedor_oidc import SENHA
from tests.servicos import Operario, provedor_oidc

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("govbr")]
ENTRAR, VOLTA = "/entrar/govbr/", "/entrar/govbr/volta/"


class _SemSeguir(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


@pytest.fixture(scope="module")
def provedor(operario: Operario) -> Iterator[None]:
    """The provider, up."""
    with provedor_oidc("http://testserver", operario.dados / "provedor.log"):
        yield


def no_provedor(endereco: str, cpf: str, **campos: str) -> str:
    """Fill in the provider's login page at ``endereco`` and return the address it sends the person to."""
    with urllib.request.urlopen(endereco, timeout=5) as pagina:
        assert "Identifique-se" in pagina.read().decode()
    corpo = {"pedido": urlsplit(endereco).query, "cpf": cpf, "senha": SENHA, "nivel": "silver"} | campos
    destino = endereco.split("?", maxsplit=1)[0]
    with pytest.raises(HTTPError) as resposta:
        urllib.request.build_opener(_SemSeguir).open(destino, urlencode(corpo).encode(), timeout=5)
    resposta.value.close()
    return resposta.value.headers["Location"].removeprefix("http://testserver")


def entrar(client: Client, cpf: str, volta: str = "", **campos: str):
    """Press the button, identify at the provider and come back."""
    ida = client.post(ENTRAR, {"next": volta} if volta else {})
    return client.get(no_provedor(ida["Location"], cpf, **campos))


def dentro(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_button_leads_to_gov_br_with_state_nonce_and_pkce(client: Client, provedor: None) -> None:
    assert "Entrar com gov.br" in client.get(reverse("account_login")).content.decode()
    ida = client.post(ENTRAR)["Location"]
    pedido = {nome: valor[0] for nome, valor in parse_qs(urlsplit(ida).query).items()}
    assert pedido["code_challenge_method"] == "S256"
    assert len(pedido["nonce"]) >= 32
    assert pedido["state"]
    assert pedido["redirect_uri"] == "http://testserver/entrar/govbr/volta/"
    assert {"openid", "email", "profile", "govbr_confiabilidades"} <= set(pedido["scope"].split())


def test_without_configuration_there_is_no_button_and_no_page(client: Client, settings) -> None:
    settings.GOVBR_ENDERECO = ""
    assert ENTRAR not in client.get(reverse("account_login")).content.decode()
    assert client.post(ENTRAR).status_code == 404
    assert client.get(VOLTA).status_code == 404


def test_who_has_an_account_enters_and_the_level_stays_with_the_session(
    client: Client, provedor: None
) -> None:
    pessoa = fabricas.usuario()
    resposta = entrar(client, pessoa.cpf, volta="/minha-conta/")
    assert resposta["Location"] == "/minha-conta/"
    assert dentro(client) == str(pessoa.pk)
    assert client.session["govbr_nivel"] == "prata"


@pytest.mark.parametrize("nivel", ["bronze", "", "desconhecido"])
def test_any_level_enters(client: Client, provedor: None, nivel: str) -> None:
    pessoa = fabricas.usuario()
    entrar(client, pessoa.cpf, nivel=nivel)
    assert dentro(client) == str(pessoa.pk)


def test_nothing_that_gov_br_tells_is_stored(client: Client, provedor: None) -> None:
    pessoa = fabricas.usuario()
    entrar(client, pessoa.cpf)
    depois = Usuario.objects.get(pk=pessoa.pk)
    assert (depois.nome_civil, depois.email) == (pessoa.nome_civil, pessoa.email)
    assert list(EmailAddress.objects.filter(user=pessoa).values_list("email", flat=True)) == [pessoa.email]
    assert not SocialAccount.objects.exists()
    assert "provedor.example" not in str(dict(client.session.items()))


def test_a_cpf_without_account_is_told_how_to_begin(client: Client, provedor: None) -> None:
    fabricas.convite(cpf=fabricas.cpf_ficticio(990_001))  # an invitation waits: still no account is born
    pagina = entrar(client, fabricas.cpf_ficticio(990_001)).content.decode()
    assert "ainda não tem cadastro" in pagina
    assert reverse("novo_usuario") in pagina
    assert dentro(client) is None
    assert not Usuario.objects.filter(cpf=fabricas.cpf_ficticio(990_001)).exists()


def test_an_inactive_account_stays_outside(client: Client, provedor: None) -> None:
    pessoa = fabricas.migrada(is_active=False)
    convite = fabricas.convite(cpf=pessoa.cpf, usuario=pessoa)
    assert entrar(client, pessoa.cpf)["Location"] == reverse("account_inactive")
    assert dentro(client) is None
    convite.refresh_from_db()
    assert convite.usado_em is None


def test_a_migrated_person_is_activated_and_accepts_the_term_first(client: Client, provedor: None) -> None:
    Termo.objects.create(versao=90, titulo="Termo", texto="Texto.", vigente_de=timezone.localdate())
    pessoa = fabricas.migrada()
    ontem = timezone.now() - timedelta(days=1)
    convite = fabricas.convite(cpf=pessoa.cpf, usuario=pessoa, expira_em=ontem)
    recuperacao = fabricas.convite(cpf=pessoa.cpf, usuario=pessoa, motivo=Convite.Motivo.RECUPERACAO)
    painel = entrar(client, pessoa.cpf)["Location"]
    convite.refresh_from_db()
    recuperacao.refresh_from_db()
    assert convite.usado_em is not None
    assert recuperacao.usado_em is None

    termo = client.get(client.get(painel)["Location"])
    assert 'name="senha"' not in termo.content.decode()  # gov.br has just said who it is
    assert client.post(reverse("aceitar_termo"), {"aceito": "on"})["Location"] == painel
    assert AceiteDeTermo.objects.filter(usuario=pessoa, termo__versao=90).exists()
    assert not EmailAddress.objects.filter(user=pessoa).exists()  # gov.br proves a CPF, never our e-mail


def test_a_term_that_comes_later_is_confirmed_with_gov_br_again(client: Client, provedor: None) -> None:
    pessoa = fabricas.migrada()
    entrar(client, pessoa.cpf)
    sessao = client.session
    for registro in sessao["account_authentication_methods"]:
        registro["at"] -= 301
    sessao.save()
    Termo.objects.create(versao=90, titulo="Termo", texto="Texto.", vigente_de=timezone.localdate())
    pagina = client.get(reverse("aceitar_termo")).content.decode()
    assert "Confirmar com gov.br" in pagina
    client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": ""})
    assert not AceiteDeTermo.objects.filter(usuario=pessoa).exists()
    entrar(client, pessoa.cpf)
    client.post(reverse("aceitar_termo"), {"aceito": "on"})
    assert AceiteDeTermo.objects.filter(usuario=pessoa).exists()


def test_a_wrong_state_lets_nobody_in(client: Client, provedor: None) -> None:
    pessoa = fabricas.usuario()
    volta = no_provedor(client.post(ENTRAR)["Location"], pessoa.cpf)
    codigo = parse_qs(urlsplit(volta).query)["code"][0]
    for estado in ("inventado", ""):
        resposta = client.get(VOLTA, {"code": codigo, "state": estado})
        assert resposta.status_code == 400
        assert "Comece de novo" in resposta.content.decode()
    assert dentro(client) is None


def test_the_answer_to_one_browser_serves_no_other(client: Client, provedor: None) -> None:
    volta = no_provedor(client.post(ENTRAR)["Location"], fabricas.usuario().cpf)
    outro = Client()
    outro.post(ENTRAR)
    assert outro.get(volta).status_code == 400
    assert dentro(outro) is None


def test_an_answer_works_once(client: Client, provedor: None) -> None:
    volta = no_provedor(client.post(ENTRAR)["Location"], fabricas.usuario().cpf)
    assert client.get(volta).status_code == 302
    client.post(reverse("account_logout"))
    assert client.get(volta).status_code == 400
    assert dentro(client) is None


def test_a_token_made_for_another_nonce_lets_nobody_in(client: Client, provedor: None) -> None:
    ida = client.post(ENTRAR)["Location"]
    nonce = parse_qs(urlsplit(ida).query)["nonce"][0]
    volta = no_provedor(ida.replace(nonce, "o-nonce-de-outra-pessoa"), fabricas.usuario().cpf)
    assert client.get(volta).status_code == 400
    assert dentro(client) is None


def test_a_signature_that_does_not_match_lets_nobody_in(client: Client, provedor: None, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["govbr"]["APPS"][0]["settings"]["openid_configuration_overrides"] = {
        "jwks_uri": f"{settings.GOVBR_ENDERECO}/chaves-trocadas"
    }
    try:
        assert entrar(client, fabricas.usuario().cpf).status_code == 400
    finally:
        del settings.SOCIALACCOUNT_PROVIDERS["govbr"]["APPS"][0]["settings"]["openid_configuration_overrides"]
    assert dentro(client) is None


def test_a_token_for_another_client_or_a_lost_verifier_lets_nobody_in(client: Client, provedor: None) -> None:
    volta = no_provedor(client.post(ENTRAR)["Location"], fabricas.usuario().cpf)
    sessao = client.session
    (guardado,) = sessao["socialaccount_states"].values()
    guardado[0]["pkce_code_verifier"] = "outro"
    sessao.save()
    assert client.get(volta).status_code == 400
    assert dentro(client) is None


def test_who_cancels_at_gov_br_is_told_what_to_do(client: Client, provedor: None) -> None:
    resposta = entrar(client, "", cancelar="1")
    assert resposta.status_code == 200
    assert "cancelada" in resposta.content.decode()
    assert dentro(client) is None


def test_when_gov_br_is_down_the_way_out_is_the_password(client: Client, provedor: None, settings) -> None:
    volta = no_provedor(client.post(ENTRAR)["Location"], fabricas.usuario().cpf)
    app = settings.SOCIALACCOUNT_PROVIDERS["govbr"]["APPS"][0]["settings"]
    no_ar, app["server_url"] = app["server_url"], "http://127.0.0.1:1"
    try:
        respostas = [client.post(ENTRAR), client.get(volta)]
    finally:
        app["server_url"] = no_ar
    for resposta in respostas:
        assert resposta.status_code == 503
        assert "Entre com CPF e senha" in resposta.content.decode()


def test_the_way_back_never_leads_outside(client: Client, provedor: None) -> None:
    assert entrar(client, fabricas.usuario().cpf, volta="https://golpe.example/")["Location"] == reverse(
        "painel"
    )
