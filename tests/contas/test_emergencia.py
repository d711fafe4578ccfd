"""Breaking the glass: the operator lets an administrator in who lost the second factor."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import fabricas, fatores
from contas.models import EventoDeSeguranca, Usuario

pytestmark = pytest.mark.django_db


def executar(cpf: str) -> str:
    saida = StringIO()
    call_command("retirar_segundo_fator", cpf=cpf, stdout=saida)
    return saida.getvalue()


@pytest.fixture
def chefe() -> Usuario:
    return fabricas.usuario(nome_civil="Ana Chefe", is_staff=True, is_superuser=True)


def test_the_only_administrator_gets_in_with_the_password_and_sets_another_factor_up(chefe: Usuario) -> None:
    aberta, cliente = Client(), Client()
    aberta.force_login(chefe)
    assert "Ana Chefe entra com a senha" in executar(chefe.cpf_formatado)
    assert aberta.get(reverse("admin:index"))["Location"].startswith(reverse("admin:login"))
    cliente.post(reverse("account_login"), {"login": chefe.cpf, "password": fabricas.SENHA})
    assert cliente.get(reverse("admin:index"))["Location"] == reverse("ativar_aplicativo")
    assert cliente.get(reverse("ativar_aplicativo")).status_code == 200


def test_every_administrator_is_told_and_it_is_in_the_log(chefe: Usuario, correio) -> None:
    outra = fabricas.usuario(is_staff=True, is_superuser=True)
    analista = fabricas.usuario(is_staff=True)
    fabricas.usuario(is_staff=True, is_superuser=True, is_active=False)
    executar(analista.cpf)
    for administradora in (chefe, outra):
        (aviso,) = correio(administradora.email)
        texto = aviso.get_body(("plain",)).get_content()
        assert aviso["Subject"] == "CAGEC: segundo fator de uma conta da equipe"
        assert analista.nome in texto
        assert analista.cpf_mascarado in texto
        assert analista.cpf not in texto
    (da_pessoa,) = correio(analista.email)
    assert "Por quem: equipe CAGEC." in da_pessoa.get_body(("plain",)).get_content()
    assert Mensagem.objects.count() == 3
    evento = EventoDeSeguranca.objects.get(usuario=analista)
    assert (evento.tipo, evento.dados["pela_equipe"]) == ("fator_removido", "operação do portal")


@pytest.mark.parametrize(
    ("conta", "motivo"),
    [
        ({"is_staff": False}, "pedido de identidade"),
        ({"is_staff": True, "is_active": False}, "Nenhuma conta ativa"),
    ],
)
def test_it_is_not_for_everybody(conta: dict[str, bool], motivo: str) -> None:
    with pytest.raises(CommandError, match=motivo):
        executar(fabricas.usuario(**conta).cpf)
    assert not Mensagem.objects.exists()


def test_a_second_time_there_is_nothing_to_take_away(chefe: Usuario) -> None:
    executar(chefe.cpf)
    mensagens = Mensagem.objects.count()
    with pytest.raises(CommandError, match="não tem segundo fator"):
        executar(chefe.cpf)
    assert not fatores.protegido(chefe)
    assert Mensagem.objects.count() == mensagens


@pytest.mark.parametrize("cpf", ["", "123", fabricas.cpf_ficticio(990)])
def test_an_unknown_cpf_is_said_to_be_unknown(cpf: str) -> None:
    with pytest.raises(CommandError, match="Nenhuma conta ativa"):
        executar(cpf)
