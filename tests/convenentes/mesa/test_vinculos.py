"""The team sees who acts for a record and its history, and ends a link with a reason."""

import pytest
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import vinculos
from convenentes.models import Convenente, PapelVinculo, Vinculo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


@pytest.fixture
def alda() -> Usuario:
    analista = usuario(is_staff=True, nome_civil="Alda Analista")
    grupos.sincronizar()
    grupos.incluir_na_equipe(analista)
    return analista


@pytest.fixture
def mesa(alda: Usuario) -> Client:
    return apoio.entrar(alda)


@pytest.fixture
def instituto() -> Convenente:
    return apoio.organizacao(usuario(nome_civil="Lia Representante"))


@pytest.fixture
def vinculo(instituto: Convenente) -> Vinculo:
    return apoio.vincular(instituto, usuario(nome_civil="Rita Responsável"), PapelVinculo.RESPONSAVEL)


def _registro(mesa: Client, convenente: Convenente) -> str:
    return apoio.texto(mesa.get(reverse("admin:convenentes_convenente_change", args=[convenente.pk])))


def test_the_team_ends_a_link_with_a_reason(mesa: Client, alda: Usuario, vinculo: Vinculo) -> None:
    endereco = reverse("admin:encerrar_vinculo", args=[vinculo.uuid])
    assert endereco in _registro(mesa, vinculo.convenente)
    assert "motivo" in mesa.post(endereco).context["form"].errors
    pagina = apoio.texto(mesa.post(endereco, {"motivo": "Ofício 12"}, follow=True))
    assert "Vínculo encerrado" in pagina
    assert not Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()
    evento = vinculo.eventos.get()
    assert (evento.por, evento.motivo) == (alda, "Ofício 12")
    assert "Rita Responsável, responsável pelas informações, por Alda Analista. Ofício 12" in pagina
    assert Mensagem.objects.filter(tipo="convenentes.vinculo_encerrado").count() == 2
    assert endereco not in pagina
    assert mesa.get(endereco).status_code == 404


def test_the_link_of_a_representante_is_not_ended_here(mesa: Client, instituto: Convenente) -> None:
    endereco = reverse("admin:encerrar_vinculo", args=[instituto.vinculos.get().uuid])
    assert endereco not in _registro(mesa, instituto)
    assert mesa.post(endereco, {"motivo": "x"}).status_code == 404


def test_staff_without_the_permission_ends_nothing(vinculo: Vinculo) -> None:
    endereco = reverse("admin:encerrar_vinculo", args=[vinculo.uuid])
    assert apoio.entrar(usuario(is_staff=True)).post(endereco, {"motivo": "x"}).status_code == 403
    assert Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists()


def test_a_link_that_ended_on_its_first_day_is_shown(mesa: Client, instituto: Convenente) -> None:
    pessoa = usuario()
    vinculo = vinculos.ligar(pessoa, instituto, PapelVinculo.USUARIO, por=None, inicio=hoje())
    vinculos.encerrar(vinculo, por=None, desde=hoje())
    pagina = _registro(mesa, instituto)
    assert "encerrado no dia em que começou" in pagina
    assert "por Portal CAGEC" in pagina
