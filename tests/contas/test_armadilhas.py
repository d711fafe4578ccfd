"""The traps of signing in: what locks honest people out, and what tells strangers too much."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from contas import convites, fabricas, fatores
from contas.models import Convite, Usuario
from tests.senhas import Argon2Contado

pytestmark = pytest.mark.django_db
NOVA = "maritaca cantando na janela"
_SO_DESTA_PAGINA = re.compile(r'name="(?:csrfmiddlewaretoken|chave_envio|login|cpf|email)"[^>]*>')


def entrar(cliente: Client, login: str, senha: str = fabricas.SENHA, **cabecalhos: Any):
    return cliente.post(reverse("account_login"), {"login": login, "password": senha}, **cabecalhos)


def recuperar(cliente: Client, cpf: str, email: str):
    dados = {"cpf": cpf, "email": email, "chave_envio": str(uuid4())}
    return cliente.post(reverse("recuperar_acesso"), dados, follow=True)


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("minha_conta")).status_code == 200


def link_novo(convite: Convite) -> str:
    return convites.novo_link(convite).removeprefix("http://testserver")


class TestLimites:
    """What counts is who asks, as the proxy saw it, and never what the sender says of itself."""

    def test_two_clients_behind_one_proxy_are_told_apart_and_a_forged_address_evades_nothing(
        self, settings
    ) -> None:
        """The proxy adds the address that it saw at the end; what comes before is what the sender wrote."""
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        def tentar(visto: str, numero: int) -> int:
            encaminhado = f"198.51.100.{numero}, {visto}"
            cpf = fabricas.cpf_ficticio(5000 + numero)
            cabecalhos = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": encaminhado}
            return int(entrar(Client(), cpf, **cabecalhos).status_code)

        assert [tentar("203.0.113.9", numero) for numero in range(121)] == [200] * 120 + [429]
        assert tentar("203.0.113.10", 121) == 200

    def test_without_a_proxy_what_the_sender_says_of_itself_is_nothing(self) -> None:
        for numero in range(120):
            entrar(Client(), fabricas.cpf_ficticio(5000), HTTP_X_FORWARDED_FOR=f"198.51.100.{numero}")
        pessoa = fabricas.usuario()
        assert entrar(Client(), pessoa.cpf, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 429
        assert entrar(Client(), pessoa.cpf, REMOTE_ADDR="203.0.113.10").status_code == 302

    def test_fifty_people_of_one_town_hall_come_in_within_a_minute(self) -> None:
        pessoas = [fabricas.usuario() for _ in range(50)]
        for pessoa in pessoas:
            assert entrar(Client(), pessoa.cpf, "errei a senha").status_code == 200
        for pessoa in pessoas:
            cliente = Client()
            assert entrar(cliente, pessoa.cpf).status_code == 302, pessoa.cpf
            assert dentro(cliente)

    def test_thirty_people_of_one_town_hall_ask_for_account_and_access_within_an_hour(self) -> None:
        for numero in range(30):
            pessoa = fabricas.usuario()
            assert recuperar(Client(), pessoa.cpf, pessoa.email).redirect_chain
            dados = {
                "cpf": fabricas.cpf_ficticio(6000 + numero),
                "nome_civil": "Servidora Nova",
                "email": f"servidora{numero}@example.org",
                "chave_envio": str(uuid4()),
            }
            assert Client().post(reverse("novo_usuario"), dados).status_code == 302


class TestSegredoDeQuemTemConta:
    """Who has an account and who has none see the same, and wait for as long."""

    @pytest.fixture
    def custo(self, settings) -> Callable[[Callable[[], Any]], tuple[int, int, str]]:
        """Status, number of hashes and words of an answer."""
        settings.PASSWORD_HASHERS = ["tests.senhas.Argon2Contado"]

        def medir(pedir: Callable[[], Any]) -> tuple[int, int, str]:
            Argon2Contado.feitos = 0
            resposta = pedir()
            return (
                resposta.status_code,
                Argon2Contado.feitos,
                _SO_DESTA_PAGINA.sub("", resposta.content.decode()),
            )

        return medir

    def test_a_wrong_password_costs_the_same_whoever_is_meant(self, custo) -> None:
        pessoa, inativa = fabricas.usuario(), fabricas.usuario(is_active=False)
        do_cadastro_antigo = fabricas.usuario()
        do_cadastro_antigo.set_unusable_password()
        do_cadastro_antigo.save()
        for _ in range(2):
            fabricas.usuario(email="casa@example.org")
        logins = [
            pessoa.cpf,
            pessoa.email,
            inativa.cpf,
            do_cadastro_antigo.cpf,
            "casa@example.org",
            "ninguem@example.org",
            fabricas.cpf_ficticio(950),
        ]
        respostas = {custo(lambda login=login: entrar(Client(), login, "senha errada")) for login in logins}
        assert [(status, hashes) for status, hashes, _ in respostas] == [(200, 1)]

    def test_recovery_costs_the_same_whoever_is_meant(self, custo) -> None:
        pessoa = fabricas.usuario()
        casos = [
            (pessoa.cpf, pessoa.email),
            (pessoa.cpf, "outro@example.org"),
            (fabricas.cpf_ficticio(950), "ninguem@example.org"),
        ]
        respostas = {custo(lambda caso=caso: recuperar(Client(), *caso)) for caso in casos}
        assert [(status, hashes) for status, hashes, _ in respostas] == [(200, 0)]

    def test_a_shared_address_never_enters_and_the_page_says_to_use_the_cpf(self) -> None:
        for _ in range(2):
            pessoa = fabricas.usuario(email="casa@example.org")
        cliente = Client()
        resposta = entrar(cliente, "casa@example.org")
        assert "Se mais de uma pessoa usa o mesmo e-mail, entre com o CPF." in resposta.content.decode()
        assert not dentro(cliente)
        entrar(cliente, pessoa.cpf)
        assert dentro(cliente)


class TestLinkDoEmail:
    """The link outlives who only looks at it, and works from wherever it is opened."""

    def test_scanners_that_open_it_consume_nothing(self) -> None:
        convite = fabricas.convite()
        link = link_novo(convite)
        for resposta in (
            Client().get(link),
            Client().head(link),
            Client().get(link, headers={"purpose": "prefetch"}),
            Client().get(link, headers={"sec-purpose": "prefetch;prerender"}),
            Client().head(link, headers={"user-agent": "BingPreview/1.0b"}),
        ):
            assert resposta.status_code == 200
        assert not Usuario.objects.filter(cpf=convite.cpf).exists()
        cliente = Client()
        assert cliente.post(link, {"senha": NOVA, "repetir": NOVA, "aceito": "on"}).status_code == 302
        assert dentro(cliente)

    @pytest.mark.parametrize(
        "cabecalho", [{"origin": "https://testserver"}, {"referer": "https://testserver/"}]
    )
    def test_it_is_opened_from_the_webmail_of_another_site(self, cabecalho: dict[str, str]) -> None:
        """The first request brings no cookie; the form of the page brings the one that the page gave."""
        convite = fabricas.convite()
        link = link_novo(convite)
        exigente = Client(enforce_csrf_checks=True)
        do_webmail = {"referer": "https://webmail.example/", "sec-fetch-site": "cross-site"}
        pagina = exigente.get(link, secure=True, headers=do_webmail)
        assert pagina.cookies["csrftoken"]["samesite"] == "Lax"
        dados = {"senha": NOVA, "repetir": NOVA, "aceito": "on"}
        sem_a_pagina = Client(enforce_csrf_checks=True).post(link, dados, secure=True, headers=cabecalho)
        assert sem_a_pagina.status_code == 403
        dados["csrfmiddlewaretoken"] = str(pagina.context["csrf_token"])
        resposta = exigente.post(link, dados, secure=True, headers=cabecalho)
        assert resposta["Location"] == reverse("painel")
        assert resposta.cookies["sessionid"]["samesite"] == "Lax"

    def test_nothing_else_is_mailed_to_verify_the_address(self, correio, link_de) -> None:
        dados = {"cpf": fabricas.cpf_ficticio(700), "nome_civil": "Joana", "email": "joana@example.org"}
        Client().post(reverse("novo_usuario"), {**dados, "chave_envio": str(uuid4())})
        cliente = Client()
        cliente.post(link_de("joana@example.org"), {"senha": NOVA, "repetir": NOVA, "aceito": "on"})
        cliente.post(reverse("account_logout"))
        entrar(cliente, dados["cpf"], NOVA)
        assert dentro(cliente)
        assert [m["Subject"] for m in correio("joana@example.org")] == ["CAGEC: crie sua senha"]


class TestTrocaDaChave:
    """A new SECRET_KEY, with the old one as a fallback, strands nobody."""

    @pytest.fixture
    def trocar(self, settings) -> Callable[[], None]:
        def trocar() -> None:
            settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
            settings.SECRET_KEY = "chave-nova-que-so-existe-neste-teste-" + "z" * 30

        return trocar

    def test_who_is_in_stays_in(self, trocar) -> None:
        pessoa = fabricas.usuario()
        cliente = Client()
        entrar(cliente, pessoa.cpf)
        trocar()
        for _ in range(2):
            assert dentro(cliente)

    def test_a_second_factor_and_its_first_half_go_on(self, trocar) -> None:
        analista = fabricas.usuario(is_staff=True)
        cliente = Client()
        entrar(cliente, analista.cpf)
        fator = fatores.aplicativo(analista)
        assert fator is not None
        codigo, _ = fatores.codigo_atual(fator)
        trocar()
        cliente.post(reverse("mfa_authenticate"), {"code": codigo})
        assert dentro(cliente)

    def test_a_link_that_was_mailed_still_sets_the_password(self, trocar) -> None:
        link = link_novo(fabricas.convite())
        trocar()
        assert Client().get(link).status_code == 200
        resposta = Client().post(link, {"senha": NOVA, "repetir": NOVA, "aceito": "on"})
        assert resposta["Location"] == reverse("painel")


class TestMesaDaEquipe:
    """The desk has no door of its own."""

    def test_the_page_of_the_admin_tries_no_password(self) -> None:
        chefe = fabricas.usuario(is_staff=True, is_superuser=True)
        cliente = Client()
        envio = {"username": chefe.cpf, "password": fabricas.SENHA}
        resposta = cliente.post(reverse("admin:login"), envio)
        assert resposta["Location"].startswith(reverse("account_login"))
        assert cliente.get(reverse("admin:index")).status_code == 302

    def test_guessing_at_it_is_limited_and_the_password_alone_opens_nothing(self) -> None:
        chefe = fabricas.usuario(is_staff=True, is_superuser=True)
        cliente = Client()
        porta = cliente.get(reverse("admin:index"), follow=True).redirect_chain[-1][0]
        so_senha = Client().post(porta, {"login": chefe.cpf, "password": fabricas.SENHA})
        assert so_senha["Location"].startswith(reverse("mfa_authenticate"))
        for _ in range(5):
            cliente.post(porta, {"login": chefe.cpf, "password": "errada"})
        bloqueada = cliente.post(porta, {"login": chefe.cpf, "password": fabricas.SENHA})
        assert "bloqueada por cinco minutos" in bloqueada.content.decode()
