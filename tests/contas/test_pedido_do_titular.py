"""Requests for correction or erasure, the team's queue, and the answer."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas, grupos, titular
from contas.models import PedidoDoTitular, Usuario

pytestmark = pytest.mark.django_db
CORRECAO, ELIMINACAO = PedidoDoTitular.Tipo.CORRECAO, PedidoDoTitular.Tipo.ELIMINACAO


def pedir(
    client: Client, tipo: str = CORRECAO, texto: str = "O nome está sem acento.", chave: UUID | None = None
):
    campos = {"tipo": tipo, "texto": texto, "chave_envio": str(chave or uuid4())}
    return client.post(reverse("pedido_do_titular"), campos)


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    pessoa = fabricas.usuario()
    client.force_login(pessoa)
    return pessoa


@pytest.fixture
def analista() -> Client:
    pessoa = fabricas.usuario(is_staff=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(pessoa)
    client = Client()
    client.force_login(pessoa)
    return client


def decidir(analista: Client, pedido: PedidoDoTitular, decisao: str = "atender", resposta: str = "Feito."):
    url = reverse("admin:contas_pedidodotitular_change", args=[pedido.pk])
    return analista.post(url, {"decisao": decisao, "resposta": resposta})


def test_a_request_is_answered_by_mail_and_shown_to_its_author(
    client: Client, pessoa: Usuario, analista: Client, correio
) -> None:
    assert pedir(client)["Location"] == reverse("meus_dados")
    (recebido,) = correio(pessoa.email)
    assert "recebemos seu pedido" in recebido["Subject"]
    pedido = PedidoDoTitular.objects.get()
    assert (
        "sem acento"
        in analista.get(reverse("admin:contas_pedidodotitular_change", args=[pedido.pk])).content.decode()
    )
    assert decidir(analista, pedido, resposta="Corrigimos o nome.").status_code == 302
    assert "Corrigimos o nome." in correio(pessoa.email)[-1].get_body(("plain",)).get_content()
    assert "Corrigimos o nome." in client.get(reverse("meus_dados")).content.decode()


def test_a_refusal_gives_its_reason(client: Client, pessoa: Usuario, analista: Client) -> None:
    pedir(client)
    pedido = PedidoDoTitular.objects.get()
    assert decidir(analista, pedido, "recusar", "").status_code == 200
    decidir(analista, pedido, "recusar", "O documento confirma o nome atual.")
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.decidido_por is not None) == (PedidoDoTitular.Estado.RECUSADO, True)


def test_a_double_click_is_one_request_and_a_second_one_waits(client: Client, pessoa: Usuario) -> None:
    chave = uuid4()
    for _ in range(2):
        assert pedir(client, chave=chave).status_code == 302
    assert "já tem um pedido" in pedir(client, texto="Outro").content.decode()
    assert pedir(client, ELIMINACAO, "").status_code == 302
    assert PedidoDoTitular.objects.count() == 2


def test_a_correction_says_what_to_correct(client: Client, pessoa: Usuario) -> None:
    assert "texto" in pedir(client, texto="").context["form"].errors


def test_a_decision_is_taken_once(client: Client, pessoa: Usuario, analista: Client) -> None:
    pedir(client)
    pedido = PedidoDoTitular.objects.get()
    decidir(analista, pedido)
    assert decidir(analista, pedido, "recusar", "Não.").status_code == 403
    with pytest.raises(titular.NaoPodeDecidir, match="já foi decidido"):
        titular.decidir(pedido, fabricas.usuario(), atendido=False, resposta="Não.")


def test_the_account_of_somebody_in_the_team_is_not_erased(analista: Client) -> None:
    colega = fabricas.usuario(is_staff=True)
    pedido = titular.pedir(colega, ELIMINACAO, "", uuid4())
    resposta = decidir(analista, pedido)
    assert "é da equipe" in resposta.content.decode()
    pedido.refresh_from_db()
    assert pedido.estado == PedidoDoTitular.Estado.ABERTO
