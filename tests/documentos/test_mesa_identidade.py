"""Identity requests at the desk: decided once, by whoever may, with an answer that its author can act on."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas import grupos
from contas.fabricas import cpf_ficticio, usuario
from contas.models import Usuario
from documentos import guarda, identidade
from documentos.fabricas import foto
from documentos.models import PedidoDeIdentidade, VisualizacaoSigilosa

pytestmark = pytest.mark.django_db

Estado = PedidoDeIdentidade.Estado


@pytest.fixture
def analista(client: Client) -> Usuario:
    grupos.sincronizar()
    analista = usuario(is_staff=True)
    grupos.incluir_na_equipe(analista)
    client.force_login(analista)
    return analista


@pytest.fixture
def dona() -> Usuario:
    return usuario(nome_civil="Ana Dona", email="velho@example.org")


@pytest.fixture
def pedido(dona: Usuario) -> PedidoDeIdentidade:
    documento, selfie = (guarda.guardar(n, "image/jpeg", foto(), None) for n in ("rg.jpg", "selfie.jpg"))
    return PedidoDeIdentidade.objects.create(
        cpf=dona.cpf,
        nome="Ana Dona",
        email="novo@example.org",
        telefone="31999990000",
        explicacao="Perdi o e-mail.",
        documento=documento,
        selfie=selfie,
    )


def _url(pedido: PedidoDeIdentidade) -> str:
    return reverse("admin:documentos_pedidodeidentidade_change", args=[pedido.pk])


def _decidir(client: Client, pedido: PedidoDeIdentidade, decisao: str, resposta: str = "") -> str:
    envio = {"decisao": decisao, "resposta": resposta}
    return client.post(_url(pedido), envio, follow=True).content.decode()


def _depois(pedido: PedidoDeIdentidade) -> Any:
    return PedidoDeIdentidade.objects.values_list("estado", "resposta", "decidido_por").get(pk=pedido.pk)


def test_the_proofs_and_the_account_are_side_by_side(
    client: Client, analista: Usuario, pedido: PedidoDeIdentidade
) -> None:
    pagina = client.get(_url(pedido)).content.decode()
    for arquivo in (pedido.documento, pedido.selfie):
        assert reverse("previa", args=[arquivo.uuid, 1]) in pagina
        assert reverse("arquivo", args=[arquivo.uuid]) in pagina
    assert "Ana Dona, velho@example.org" in pagina
    PedidoDeIdentidade.objects.update(cpf=cpf_ficticio(987_654))
    assert "Nenhuma" in client.get(_url(pedido)).content.decode()


def test_whoever_looks_at_a_proof_leaves_a_note(
    client: Client, analista: Usuario, pedido: PedidoDeIdentidade
) -> None:
    entregue = client.get(reverse("arquivo", args=[pedido.selfie.uuid]))
    assert entregue.getvalue() == foto()
    assert VisualizacaoSigilosa.objects.get().usuario == analista


def test_accepting_gives_the_account_and_mails_both_addresses_once(
    client: Client, analista: Usuario, pedido: PedidoDeIdentidade, dona: Usuario
) -> None:
    _decidir(client, pedido, "aceitar")
    assert _depois(pedido) == (Estado.ACEITO, "", analista.pk)
    dona.refresh_from_db()
    assert dona.email == "novo@example.org"
    pagina = _decidir(client, pedido, "aceitar")
    assert "Este pedido já foi decidido." in pagina
    assert "foi alterado com sucesso" not in pagina
    assert sorted(Mensagem.objects.values_list("para", flat=True)) == [
        "novo@example.org",
        "velho@example.org",
    ]


def test_refusing_says_why_once(client: Client, analista: Usuario, pedido: PedidoDeIdentidade) -> None:
    _decidir(client, pedido, "recusar", "A foto não abre.")
    assert "Este pedido já foi decidido." in _decidir(client, pedido, "aceitar")
    assert _depois(pedido) == (Estado.RECUSADO, "A foto não abre.", analista.pk)
    assert Mensagem.objects.get().para == "novo@example.org"
    pagina = client.get(_url(pedido)).content.decode()
    assert "A foto não abre." in pagina
    assert 'name="decisao"' not in pagina


@pytest.mark.parametrize(
    ("decisao", "resposta", "mensagem"),
    [
        ("", "Escrevi antes", "Escolha a decisão."),
        ("adiar", "Escrevi antes", "Faça uma escolha válida"),
        ("recusar", "  ", "Diga a quem pediu por que o pedido foi recusado."),
        ("recusar", "Nulo\0", "Caracteres nulos não são permitidos"),
        ("recusar", "x" * 2001, "no máximo 2000 caracteres"),
    ],
)
def test_a_bad_decision_is_explained_and_stays_on_the_page(
    client: Client, analista: Usuario, pedido: PedidoDeIdentidade, decisao: str, resposta: str, mensagem: str
) -> None:
    pagina = _decidir(client, pedido, decisao, resposta)
    assert mensagem in pagina
    assert resposta.strip().replace("\0", "") in pagina.replace("\0", "")
    assert _depois(pedido) == (Estado.ABERTO, "", None)


def test_one_who_only_reads_decides_nothing(client: Client, pedido: PedidoDeIdentidade) -> None:
    leitora = usuario(is_staff=True)
    leitora.user_permissions.add(Permission.objects.get(codename="view_pedidodeidentidade"))
    client.force_login(leitora)
    assert "Perdi o e-mail." in client.get(_url(pedido)).content.decode()
    assert client.post(_url(pedido), {"decisao": "aceitar"}).status_code == 403
    assert _depois(pedido) == (Estado.ABERTO, "", None)


def test_the_list_finds_by_person_and_an_unknown_request_leads_home(
    client: Client, analista: Usuario, pedido: PedidoDeIdentidade
) -> None:
    lista = reverse("admin:documentos_pedidodeidentidade_changelist")
    for busca, quantos in (({"q": "Dona"}, 1), ({"q": pedido.cpf}, 1), ({"estado__exact": "aceito"}, 0)):
        assert client.get(lista, busca).context["cl"].result_count == quantos
    identidade.recusar(pedido, analista, "x")
    pedido.pk = 0
    assert client.post(_url(pedido), {"decisao": "aceitar"})["Location"] == reverse("admin:index")
