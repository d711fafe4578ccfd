"""The security page: what happened to the own access, and the own sessions."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contas import fabricas, grupos
from contas.models import EventoDeSeguranca, Sessao, Usuario
from contas.seguranca import Origem, Tipo, registrar

pytestmark = pytest.mark.django_db
PAGINA = "/minha-conta/seguranca/"
AQUI = Origem("192.0.2.7", "Firefox Windows")


def navegador(pessoa: Usuario) -> Client:
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


@pytest.fixture
def pessoa() -> Usuario:
    return fabricas.usuario()


@pytest.fixture
def cliente(pessoa: Usuario) -> Client:
    return navegador(pessoa)


def test_a_person_reads_what_happened_and_only_the_own(cliente: Client, pessoa: Usuario) -> None:
    registrar(Tipo.SENHA_ERRADA, pessoa, AQUI)
    registrar(Tipo.FATOR_REMOVIDO, pessoa, Origem(None, ""), avisar=False, fator="todos", pela_equipe="Ana")
    registrar(Tipo.BLOQUEADO, fabricas.usuario(), Origem("198.51.100.66", "Edg Mac OS X"))
    registrar(Tipo.SENHA_ERRADA, None, Origem("198.51.100.77", ""))
    pagina = cliente.get(PAGINA).content.decode()
    for trecho in ("Senha errada", "Firefox no Windows", "192.0.2.7", "todos, pela equipe CAGEC"):
        assert trecho in pagina
    for alheio in ("198.51.100", "Entrada bloqueada", "Ana"):
        assert alheio not in pagina


def test_wrong_passwords_of_the_own_cpf_and_the_block_are_there(cliente: Client, pessoa: Usuario) -> None:
    for _ in range(7):
        Client().post(reverse("account_login"), {"login": pessoa.cpf_formatado, "password": "errada"})
    pagina = cliente.get(PAGINA).content.decode()
    assert pagina.count(">Senha errada") == 5
    assert pagina.count("Entrada bloqueada por muitas tentativas") == 1


@pytest.mark.parametrize("pagina", ["0", "-1", "999999", "dois", "2&usuario=1", "\U0001f642"])
def test_no_address_shows_more_than_the_own_pages(cliente: Client, pessoa: Usuario, pagina: str) -> None:
    for usuario in (pessoa, fabricas.usuario()):
        for _ in range(25):
            registrar(Tipo.SENHA_ERRADA, usuario, AQUI)
    eventos = cliente.get(f"{PAGINA}?pagina={pagina}").context["eventos"]
    assert 5 <= len(eventos) <= 20
    assert {linha["evento"].usuario_id for linha in eventos} == {pessoa.pk}


def test_the_number_of_queries_does_not_grow(cliente: Client, pessoa: Usuario) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as feitas:
            cliente.get(PAGINA)
        return len(feitas)

    registrar(Tipo.SENHA_ERRADA, pessoa, AQUI)
    cliente.get(PAGINA)
    com_um = consultas()
    for _ in range(30):
        registrar(Tipo.SENHA_ERRADA, pessoa, AQUI)
    for _ in range(5):
        navegador(pessoa).get(PAGINA)
    assert consultas() == com_um


def test_a_session_is_ended_by_its_owner_and_by_nobody_else(cliente: Client, pessoa: Usuario) -> None:
    outro = navegador(pessoa)
    outro.get(PAGINA)
    linha = Sessao.objects.get(pk=outro.session.session_key)
    fim = reverse("encerrar_sessao", args=[linha.uuid])
    alheio = navegador(fabricas.usuario())
    inventado = reverse("encerrar_sessao", args=[uuid4()])
    assert alheio.post(fim).status_code == alheio.post(inventado).status_code == 404
    assert outro.get(PAGINA).status_code == 200
    cliente.post(fim)
    assert outro.get(PAGINA).status_code == 302
    assert "Sessões encerradas" in cliente.get(PAGINA).content.decode()


def test_all_the_others_end_at_once_and_this_one_stays(cliente: Client, pessoa: Usuario) -> None:
    outros, alheio = [navegador(pessoa) for _ in range(2)], navegador(fabricas.usuario())
    cliente.post(reverse("encerrar_outras_sessoes"))
    assert [c.get(PAGINA).status_code for c in (*outros, cliente, alheio)] == [302, 302, 200, 200]


class TestPelaEquipe:
    """The action "encerrar as sessões abertas" of the desk."""

    ACAO = "encerrar_sessoes"

    def acionar(self, mesa: Client, *pessoas: Usuario) -> Any:
        envio = {"action": self.ACAO, "_selected_action": [p.pk for p in pessoas]}
        return mesa.post(reverse("admin:contas_usuario_changelist"), envio, follow=True)

    @pytest.fixture
    def analista(self) -> Usuario:
        grupos.sincronizar()
        analista = fabricas.usuario(is_staff=True, nome_civil="Ana Lista")
        grupos.incluir_na_equipe(analista)
        return analista

    def test_it_ends_the_sessions_of_who_was_chosen_and_says_by_whom(
        self, analista: Usuario, cliente: Client, pessoa: Usuario
    ) -> None:
        outra, mesa = navegador(fabricas.usuario()), navegador(analista)
        navegador(pessoa)
        assert "2 sessão(ões) encerrada(s)." in self.acionar(mesa, pessoa).content.decode()
        assert [c.get(PAGINA).status_code for c in (cliente, outra, mesa)] == [302, 200, 200]
        evento = EventoDeSeguranca.objects.get(tipo=Tipo.SESSOES_ENCERRADAS)
        assert (evento.usuario, evento.dados) == (pessoa, {"quantas": 2, "pela_equipe": "Ana Lista"})
        assert "pela equipe CAGEC" in navegador(pessoa).get(PAGINA).content.decode()

    def test_a_second_click_ends_nothing_and_logs_nothing(
        self, analista: Usuario, cliente: Client, pessoa: Usuario
    ) -> None:
        mesa = navegador(analista)
        for _ in range(2):
            resposta = self.acionar(mesa, pessoa)
        assert "0 sessão(ões) encerrada(s)." in resposta.content.decode()
        assert EventoDeSeguranca.objects.filter(tipo=Tipo.SESSOES_ENCERRADAS).count() == 1

    def test_who_does_not_see_persons_ends_nothing(self, cliente: Client, pessoa: Usuario) -> None:
        assert self.acionar(navegador(fabricas.usuario(is_staff=True)), pessoa).status_code == 403
        assert cliente.get(PAGINA).status_code == 200
