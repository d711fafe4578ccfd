"""The second factor: an application and recovery codes. Optional for registrants, mandatory for the team."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import fabricas, fatores
from contas.models import EventoDeSeguranca, Sessao, Usuario
from contas.seguranca import Origem

pytestmark = pytest.mark.django_db
AQUI = Origem("127.0.0.1", "teste")


def entrar(pessoa: Usuario, senha: str = fabricas.SENHA) -> Client:
    """Go through the first step."""
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.cpf, "password": senha})
    return cliente


def digitar(cliente: Client, codigo: str):
    return cliente.post(reverse("mfa_authenticate"), {"code": codigo})


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("minha_conta")).status_code == 200


def codigo_de(pessoa: Usuario) -> str:
    fator = fatores.aplicativo(pessoa)
    assert fator is not None
    return fatores.codigo_atual(fator)[0]


def tipos(pessoa: Usuario) -> list[str]:
    return list(
        EventoDeSeguranca.objects.filter(usuario=pessoa).order_by("id").values_list("tipo", flat=True)
    )


def confirmado(pessoa: Usuario) -> Client:
    """Somebody who has just typed the password."""
    cliente = Client()
    cliente.force_login(pessoa)
    sessao = cliente.session
    sessao["account_authentication_methods"] = [{"method": "x", "at": time.time(), "reauthenticated": True}]
    sessao["account_authentication_methods_user"] = str(pessoa.pk)
    sessao.save()
    return cliente


def ativar(cliente: Client) -> tuple[str, list[str]]:
    """Set the application up from what the page shows; return the key and the recovery codes."""
    pagina = cliente.get(reverse("ativar_aplicativo"))
    segredo = "".join(pagina.context["segredo"])
    fator = Authenticator(type="totp", data={"secret": _cifrado(segredo)})
    envio = {"semente": pagina.context["semente"], "codigo": fatores.codigo_atual(fator)[0]}
    resposta = cliente.post(reverse("ativar_aplicativo"), envio)
    return segredo, re.findall(r"<code>(\d{8})</code>", resposta.content.decode())


def _cifrado(segredo: str) -> str:
    from cagec.cifra import cifrar

    return cifrar(segredo)


def test_a_registrant_enters_without_a_second_factor() -> None:
    assert dentro(entrar(fabricas.usuario()))


@pytest.mark.parametrize("endereco", ["/admin/", "/painel/", "/minha-conta/", "/minha-conta/seguranca/", "/"])
def test_who_is_of_the_team_and_has_no_factor_sets_one_up_before_anything_else(endereco: str) -> None:
    pessoa = fabricas.usuario(is_superuser=True)
    Usuario.objects.filter(pk=pessoa.pk).update(is_staff=True)
    cliente = entrar(pessoa)
    for resposta in (cliente.get(endereco), cliente.post(endereco)):
        assert resposta["Location"] == reverse("ativar_aplicativo")
    assert cliente.get(reverse("ativar_aplicativo")).status_code == 200
    assert cliente.get(reverse("account_logout")).status_code == 200


def test_the_admin_opens_only_after_the_code() -> None:
    chefe = fabricas.usuario(is_staff=True, is_superuser=True)
    cliente = entrar(chefe)
    assert cliente.get("/admin/").status_code == 302
    assert digitar(cliente, "000000").status_code == 200
    assert cliente.get("/admin/").status_code == 302
    assert digitar(cliente, codigo_de(chefe)).status_code == 302
    assert cliente.get("/admin/").status_code == 200
    assert tipos(chefe) == ["codigo_errado", "entrou"]


def test_setting_it_up_shows_key_and_recovery_codes_and_the_next_entrance_asks_for_it() -> None:
    pessoa = fabricas.usuario()
    segredo, codigos = ativar(entrar(pessoa))
    assert len(set(codigos)) == 10
    assert segredo not in str(list(Authenticator.objects.values_list("data", flat=True)))
    cliente = entrar(pessoa)
    assert not dentro(cliente)
    digitar(cliente, codigo_de(pessoa))
    assert dentro(cliente)
    assert tipos(pessoa) == ["entrou", "fator_ativado", "entrou"]


def test_the_first_factor_ends_the_sessions_that_never_passed_it() -> None:
    pessoa = fabricas.usuario()
    intruso, cliente = Client(), confirmado(pessoa)
    intruso.force_login(pessoa)
    ativar(cliente)
    assert dentro(cliente)
    assert not dentro(intruso)


def test_a_double_click_shows_the_same_codes() -> None:
    pessoa = fabricas.usuario()
    cliente = confirmado(pessoa)
    pagina = cliente.get(reverse("ativar_aplicativo"))
    fator = Authenticator(type="totp", data={"secret": _cifrado("".join(pagina.context["segredo"]))})
    envio = {"semente": pagina.context["semente"], "codigo": fatores.codigo_atual(fator)[0]}
    uma, outra = (cliente.post(reverse("ativar_aplicativo"), envio).context["codigos"] for _ in range(2))
    assert uma == outra
    assert tipos(pessoa).count("fator_ativado") == 1


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("codigo", "000000"), ("codigo", "🙂"), ("codigo", ""), ("semente", "outra"), ("semente", "")],
)
def test_a_wrong_code_or_a_damaged_page_sets_nothing_up(campo: str, valor: str) -> None:
    pessoa = fabricas.usuario()
    cliente = confirmado(pessoa)
    pagina = cliente.get(reverse("ativar_aplicativo"))
    fator = Authenticator(type="totp", data={"secret": _cifrado("".join(pagina.context["segredo"]))})
    envio = {"semente": pagina.context["semente"], "codigo": fatores.codigo_atual(fator)[0], campo: valor}
    resposta = cliente.post(reverse("ativar_aplicativo"), envio)
    assert resposta.context["form"].errors["codigo"]
    assert not fatores.protegido(pessoa)


def test_the_page_of_somebody_else_sets_nothing_up() -> None:
    pessoa = fabricas.usuario()
    alheia = fatores.nova_semente(fabricas.usuario())
    resposta = confirmado(pessoa).post(reverse("ativar_aplicativo"), {"semente": alheia, "codigo": "123456"})
    assert resposta.context["semente"] != alheia


def test_a_code_is_good_for_one_use_while_the_clock_still_accepts_it() -> None:
    pessoa = fabricas.usuario(is_staff=True)
    codigo = codigo_de(pessoa)
    digitar(entrar(pessoa), codigo)
    cache.delete(f"allauth.mfa.totp.used?user={pessoa.pk}&code={codigo}")  # allauth forgets after 30 seconds
    outro = entrar(pessoa)
    assert "já foi usado" in digitar(outro, codigo).content.decode()
    assert not dentro(outro)


def test_a_recovery_code_enters_once_and_is_mailed(correio) -> None:
    pessoa = fabricas.usuario()
    _, (codigo, *_) = ativar(confirmado(pessoa))
    cliente = entrar(pessoa)
    digitar(cliente, codigo)
    assert dentro(cliente)
    de_novo = entrar(pessoa)
    digitar(de_novo, codigo)
    assert not dentro(de_novo)
    assert "codigo_usado" in tipos(pessoa)
    assert [m["Subject"] for m in correio(pessoa.email)] == [
        "CAGEC: segundo fator ativado",
        "CAGEC: código de recuperação usado",
    ]


def test_guessing_codes_is_limited() -> None:
    pessoa = fabricas.usuario(is_staff=True)
    cliente = entrar(pessoa)
    for _ in range(5):
        digitar(cliente, "000000")
    assert "bloqueada por cinco minutos" in digitar(cliente, codigo_de(pessoa)).content.decode()
    assert not dentro(cliente)


def test_new_recovery_codes_replace_the_old_ones() -> None:
    pessoa = fabricas.usuario()
    cliente = confirmado(pessoa)
    _, velhos = ativar(cliente)
    endereco = reverse("codigos_de_recuperacao")
    assert velhos[0] not in cliente.get(endereco).content.decode()
    novos = cliente.post(endereco).context["codigos"]
    assert not set(velhos) & set(novos)
    entrada = entrar(pessoa)
    digitar(entrada, velhos[0])
    assert not dentro(entrada)


def test_another_telephone_takes_the_place_of_the_first() -> None:
    analista = fabricas.usuario(is_staff=True)
    antigo = codigo_de(analista)
    ativar(confirmado(analista))
    cliente = entrar(analista)
    digitar(cliente, antigo)
    assert not dentro(cliente)
    digitar(cliente, codigo_de(analista))
    assert dentro(cliente)


def test_a_registrant_takes_the_factor_away_and_the_team_cannot() -> None:
    endereco = reverse("remover_fator", args=["aplicativo"])
    pessoa, analista = fabricas.usuario(), fabricas.usuario(is_staff=True)
    cliente = confirmado(pessoa)
    ativar(cliente)
    assert cliente.get(endereco).status_code == 200
    cliente.post(endereco)
    assert not Authenticator.objects.filter(user=pessoa).exists()
    assert Mensagem.objects.filter(usuario=pessoa).count() == 2
    resposta = confirmado(analista).post(endereco, follow=True)
    assert "precisa de um segundo fator" in resposta.content.decode()
    assert fatores.protegido(analista)


def test_what_is_not_there_is_not_removed() -> None:
    for qual in ("aplicativo", str(uuid4())):
        endereco = reverse("remover_fator", args=[qual])
        assert confirmado(fabricas.usuario()).get(endereco).status_code == 404


@pytest.mark.parametrize("nome", ["ativar_aplicativo", "adicionar_chave", "codigos_de_recuperacao"])
def test_changes_ask_for_the_password_when_it_was_not_typed_just_now(nome: str) -> None:
    cliente = Client()
    cliente.force_login(fabricas.usuario())
    endereco = reverse(nome)
    assert cliente.get(endereco)["Location"].startswith(reverse("account_reauthenticate"))
    volta = f"{reverse('account_reauthenticate')}?next={endereco}"
    assert cliente.post(volta, {"password": fabricas.SENHA})["Location"] == endereco


def test_nobody_edits_the_factor_of_anybody_in_the_admin() -> None:
    from django.contrib import admin

    assert Authenticator not in admin.site._registry


class TestTrocaDaChave:
    """Factors are encrypted with keys made from SECRET_KEY."""

    @pytest.fixture
    def trocar(self, settings) -> Callable[[], None]:
        """Make a new key; the one of before is still read."""

        def trocar() -> None:
            settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
            settings.SECRET_KEY = f"outra chave {uuid4()}"

        return trocar

    def test_a_factor_that_was_used_since_does_not_need_the_former_key(self, settings, trocar) -> None:
        analista = fabricas.usuario(is_staff=True)
        trocar()
        digitar(entrar(analista), codigo_de(analista))
        cache.clear()
        settings.SECRET_KEY_FALLBACKS = []
        cliente = entrar(analista)
        digitar(cliente, codigo_de(analista))
        assert dentro(cliente)

    def test_recovery_codes_too_and_the_one_that_was_spent_stays_spent(self, settings, trocar) -> None:
        pessoa = fabricas.usuario()
        _, (gasto, outro, *_) = ativar(confirmado(pessoa))
        trocar()
        digitar(entrar(pessoa), gasto)
        assert fatores.codigos_restantes(pessoa) == 9
        for codigo, entra in ((gasto, False), (outro, True)):
            cliente = entrar(pessoa)
            digitar(cliente, codigo)
            assert dentro(cliente) is entra
        settings.SECRET_KEY_FALLBACKS = []
        assert fatores.codigos_restantes(pessoa) == 8

    def test_nothing_is_written_when_the_key_is_the_same(self) -> None:
        analista = fabricas.usuario(is_staff=True)
        antes = Authenticator.objects.get(user=analista).data
        digitar(entrar(analista), codigo_de(analista))
        assert Authenticator.objects.get(user=analista).data == antes

    def test_a_key_that_was_retired_too_soon_is_a_wrong_code_with_the_way_out(self, settings, trocar) -> None:
        pessoa = fabricas.usuario()
        ativar(confirmado(pessoa))
        trocar()
        settings.SECRET_KEY_FALLBACKS = []
        pagina = digitar(entrar(pessoa), "123456").content.decode()
        assert "O código não confere" in pagina
        assert reverse("pedido_de_identidade") in pagina
        assert "Restam 0 códigos" in confirmado(pessoa).get(reverse("seguranca")).content.decode()


def test_the_session_of_who_leaves_the_step_is_nobodys() -> None:
    pessoa = fabricas.usuario(is_staff=True)
    cliente = entrar(pessoa)
    assert not Sessao.objects.filter(usuario=pessoa).exists()
    cliente.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert digitar(cliente, codigo_de(pessoa))["Location"] == reverse("account_login")
