"""Another nome civil: asked with what proves it, decided by the team. The nome social needs no proof."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.correio.entrega import varrer
from contas import fabricas as contas
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from documentos import fabricas, identidade
from documentos.models import PedidoDeIdentidade, Transferencia
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio, transferir

pytestmark = pytest.mark.django_db
PAGINA = "/minha-conta/nome/"


@pytest.fixture
def dona() -> Usuario:
    return contas.usuario(nome_civil="Nair Solteira", email="nair@example.org")


@pytest.fixture
def cliente(dona: Usuario) -> Client:
    return apoio.entrar(dona)


@pytest.fixture
def mesa() -> Client:
    analista = contas.usuario(nome_civil="Ana Lista", is_staff=True)
    incluir_na_equipe(analista)
    return apoio.entrar(analista)


def _dados(**campos: Any) -> dict[str, Any]:
    padrao = {
        "chave_envio": str(uuid4()),
        "nome": "Nair Casada",
        "explicacao": "Casamento.",
        "documento": fabricas.enviado("certidao.pdf", fabricas.pdf("Certidão de casamento")),
    }
    return padrao | campos


def _pedido(cliente: Client) -> PedidoDeIdentidade:
    cliente.post(PAGINA, _dados())
    return PedidoDeIdentidade.objects.get()


def _decidir(mesa: Client, pedido: PedidoDeIdentidade, **campos: Any) -> Any:
    endereco = reverse("admin:documentos_pedidodeidentidade_change", args=[pedido.pk])
    return mesa.post(endereco, {"decisao": "", "resposta": "", **campos}, follow=True)


def _correspondencia(caixa_postal: Any) -> str:
    """Whatever was mailed to the person, without line breaks."""
    varrer()
    corpos = (m.get_body(("plain",)).get_content() for m in caixa_postal("nair@example.org"))
    return " ".join(" ".join(corpos).split())


def test_asking_changes_nothing_and_is_told(cliente: Client, dona: Usuario, caixa_postal: Any) -> None:
    pagina = texto(cliente.post(PAGINA, _dados(), follow=True))
    assert "Recebemos seu pedido" in pagina
    assert "você pediu para mudar o nome para <strong>Nair Casada</strong>" in pagina
    pedido = PedidoDeIdentidade.objects.get()
    assert (pedido.tipo, pedido.cpf, pedido.email, pedido.selfie) == ("nome", dona.cpf, dona.email, None)
    varrer()
    (recebido,) = caixa_postal("nair@example.org")
    assert recebido["Subject"] == "CAGEC: recebemos seu pedido de mudança de nome"
    dona.refresh_from_db()
    assert dona.nome_civil == "Nair Solteira"


def test_the_team_accepts_and_the_name_before_is_kept(
    cliente: Client, mesa: Client, dona: Usuario, caixa_postal: Any
) -> None:
    pedido = _pedido(cliente)
    pagina = texto(mesa.get(reverse("admin:documentos_pedidodeidentidade_change", args=[pedido.pk])))
    assert "Aceitar: o nome civil passa a ser Nair Casada" in pagina
    assert "Nair Solteira, nair@example.org" in pagina
    _decidir(mesa, pedido, decisao="aceitar")
    dona.refresh_from_db()
    assert (dona.nome_civil, dona.email) == ("Nair Casada", "nair@example.org")
    assert dona.check_password(contas.SENHA)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.valor_anterior) == ("aceito", "Nair Solteira")
    assert "“Nair Solteira” e agora é “Nair Casada”" in _correspondencia(caixa_postal)
    assert "pediu para mudar" not in texto(cliente.get(PAGINA))


def test_the_team_refuses_with_a_reason(
    cliente: Client, mesa: Client, dona: Usuario, caixa_postal: Any
) -> None:
    _decidir(mesa, _pedido(cliente), decisao="recusar", resposta="A certidão está cortada.")
    recebido = _correspondencia(caixa_postal)
    assert "A certidão está cortada." in recebido
    assert PAGINA in recebido
    dona.refresh_from_db()
    assert dona.nome_civil == "Nair Solteira"
    cliente.post(PAGINA, _dados())
    assert PedidoDeIdentidade.objects.filter(estado="aberto").exists()


def test_a_document_sent_ahead_stays_with_a_form_that_comes_back_and_is_taken(cliente: Client) -> None:
    chegado = transferir.inteiro(cliente, fabricas.pdf("Certidão"), "certidao.pdf")
    dados = _dados(**{"documento-enviado": chegado, "nome": "Nair Solteira"})
    del dados["documento"]
    pagina = texto(cliente.post(PAGINA, dados))
    assert f'<input type="hidden" name="documento-enviado" value="{chegado}">' in pagina
    assert cliente.post(PAGINA, dados | {"nome": "Nair Casada"}).status_code == 302
    assert PedidoDeIdentidade.objects.get().documento.nome == "certidao.pdf"
    assert Transferencia.objects.get().expira_em <= timezone.now() + timedelta(hours=1)


def test_one_request_at_a_time(cliente: Client, dona: Usuario) -> None:
    chave = str(uuid4())
    for _ in range(2):
        assert cliente.post(PAGINA, _dados(chave_envio=chave)).status_code == 302
    outro = cliente.post(PAGINA, _dados(nome="Nair Outra"), follow=True)
    assert "já está com a equipe CAGEC" in texto(outro)
    assert PedidoDeIdentidade.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PedidoDeIdentidade.objects.create(
            tipo="nome", cpf=dona.cpf, nome="X", documento=PedidoDeIdentidade.objects.get().documento
        )


@pytest.mark.parametrize(
    ("campo", "valor", "mensagem"),
    [
        ("nome", "Nair Solteira", "Este já é o nome"),
        ("nome", "Nair <b>", "Use só letras"),
        ("explicacao", "", "obrigatório"),
        ("documento", "", "Escolha o arquivo"),
        ("documento", fabricas.enviado("x.pdf", b"MZ"), "não corresponde"),
    ],
)
def test_bad_input_is_explained_and_stays(cliente: Client, campo: str, valor: Any, mensagem: str) -> None:
    resposta = cliente.post(PAGINA, _dados(**{campo: valor}))
    assert mensagem in str(resposta.context["form"].errors[campo])
    assert campo == "nome" or "Nair Casada" in texto(resposta)
    assert not PedidoDeIdentidade.objects.exists()


def test_the_name_of_a_member_of_the_team_is_changed_by_an_administrator(dona: Usuario) -> None:
    pedido = _pedido(apoio.entrar(dona))
    Usuario.objects.filter(pk=dona.pk).update(is_staff=True)
    with pytest.raises(identidade.ContaDaEquipe):
        identidade.aceitar(pedido, contas.usuario(is_staff=True))


def test_the_page_asks_to_sign_in(client: Client) -> None:
    assert client.get(PAGINA).status_code == 302
    assert client.post(PAGINA, _dados()).status_code == 302
    assert not PedidoDeIdentidade.objects.exists()
