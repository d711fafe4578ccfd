"""The identity requests at the team's desk."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas import fabricas as contas
from contas.documentos_pessoais import mascarar_cpf
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from documentos import fabricas, identidade
from documentos.models import PedidoDeIdentidade, VisualizacaoSigilosa
from tests.convenentes import pedidos
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio, hostis

pytestmark = pytest.mark.django_db
LISTA = "admin:documentos_pedidodeidentidade_changelist"


@pytest.fixture
def analista() -> Usuario:
    pessoa = contas.usuario(nome_civil="Ana Lista", is_staff=True)
    incluir_na_equipe(pessoa)
    return pessoa


@pytest.fixture
def mesa(analista: Usuario) -> Client:
    return apoio.entrar(analista)


@pytest.fixture
def pedido() -> PedidoDeIdentidade:
    feito = identidade.pedir(
        chave_envio=uuid4(),
        cpf=contas.usuario(nome_civil="Dona da Conta", email="velho@example.org").cpf,
        nome="Nair Perdida",
        email="novo@example.org",
        telefone="(31) 99999-0000",
        explicacao="Perdi o e-mail.",
        documento=fabricas.enviado("rg.pdf", fabricas.pdf("Identidade")),
        selfie=fabricas.enviado("eu.jpg", hostis.imagem()),
    )
    assert feito.selfie is not None
    fabricas.examinar(feito.documento, feito.selfie)
    return PedidoDeIdentidade.objects.get(pk=feito.pk)


def _pagina(pedido: PedidoDeIdentidade) -> str:
    return reverse("admin:documentos_pedidodeidentidade_change", args=[pedido.pk])


def _decidir(mesa: Client, pedido: PedidoDeIdentidade, **campos: Any) -> Any:
    resposta = mesa.post(_pagina(pedido), {"decisao": "", "resposta": "", **campos}, follow=True)
    pedido.refresh_from_db()
    return resposta


def test_the_page_shows_the_request_the_account_and_the_proofs(
    mesa: Client, pedido: PedidoDeIdentidade
) -> None:
    pagina = texto(mesa.get(_pagina(pedido)))
    for parte in (pedido.cpf, "Nair Perdida", "novo@example.org", "Dona da Conta, velho@example.org"):
        assert parte in pagina
    assert pedido.selfie is not None
    for arquivo in (pedido.documento, pedido.selfie):
        assert reverse("arquivo", args=[arquivo.uuid]) in pagina
        assert reverse("previa", args=[arquivo.uuid, 1]) in pagina
    assert "Nair Perdida" in texto(mesa.get(reverse(LISTA), {"q": pedido.cpf}))


def test_the_list_shows_part_of_the_cpf_and_the_request_the_whole(
    mesa: Client, pedido: PedidoDeIdentidade
) -> None:
    lista = texto(mesa.get(reverse(LISTA)))
    assert mascarar_cpf(pedido.cpf) in lista
    assert pedido.cpf not in lista
    assert pedido.cpf in texto(mesa.get(_pagina(pedido)))


def test_a_cpf_without_an_account_is_said_to_have_none(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    PedidoDeIdentidade.objects.update(cpf=contas.cpf_ficticio(45))
    assert "Nenhuma" in texto(mesa.get(_pagina(pedido)))


def test_the_team_opens_the_proofs_and_each_look_is_noted(
    mesa: Client, analista: Usuario, pedido: PedidoDeIdentidade
) -> None:
    assert pedido.selfie is not None
    apoio.ler(mesa.get(reverse("arquivo", args=[pedido.documento.uuid])))
    assert mesa.get(reverse("previa", args=[pedido.selfie.uuid, 1])).status_code == 200
    notas = VisualizacaoSigilosa.objects.filter(usuario=analista)
    assert {nota.arquivo for nota in notas} == {pedido.documento, pedido.selfie}
    assert len(notas) == 2


def test_the_purpose_of_each_look_is_that_of_the_page(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    pagina = mesa.get(_pagina(pedido)).content.decode()
    for endereco in re.findall(r'<img src="(/arquivos/[^"]+)"', pagina):
        assert mesa.get(html.unescape(endereco)).status_code == 200
    finalidade = f"recuperar o acesso, pedido de {hoje():%d/%m/%Y}"
    assert list(VisualizacaoSigilosa.objects.values_list("finalidade", flat=True)) == [finalidade] * 2


def test_what_was_accepted_before_of_the_same_cpf_is_beside_the_proofs(
    mesa: Client, pedido: PedidoDeIdentidade
) -> None:
    assert "ainda não aceitou documentos desta pessoa" in texto(mesa.get(_pagina(pedido)))
    dona = Usuario.objects.get(cpf=pedido.cpf)
    identidade_aceita = pedidos.papel_aceito(dona, "rl_identidade")
    pagina = texto(mesa.get(_pagina(pedido)))
    assert "Documento de identidade do representante legal, enviado em" in pagina
    (arquivo,) = identidade_aceita.arquivos.all()
    assert reverse("previa", args=[arquivo.uuid, 1]) in pagina


@pytest.mark.parametrize("da_equipe", [True, False])
def test_without_the_permission_the_proofs_stay_closed(pedido: PedidoDeIdentidade, da_equipe: bool) -> None:
    cliente = apoio.entrar(contas.usuario(is_staff=da_equipe))
    assert pedido.selfie is not None
    assert cliente.get(reverse("arquivo", args=[pedido.selfie.uuid])).status_code == 404
    assert cliente.get(_pagina(pedido)).status_code in {302, 403}


def test_accepting_and_refusing_go_through_the_journey(
    mesa: Client, analista: Usuario, pedido: PedidoDeIdentidade
) -> None:
    _decidir(mesa, pedido, decisao="aceitar")
    assert (pedido.estado, pedido.decidido_por) == ("aceito", analista)
    assert Usuario.objects.get(cpf=pedido.cpf).email == "novo@example.org"


def test_refusing_keeps_the_reason(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    _decidir(mesa, pedido, decisao="recusar", resposta="A foto está escura.")
    assert (pedido.estado, pedido.resposta) == ("recusado", "A foto está escura.")


@pytest.mark.parametrize("resposta", ["", "   "])
def test_a_refusal_without_a_reason_is_asked_for_one(
    mesa: Client, pedido: PedidoDeIdentidade, resposta: str
) -> None:
    pagina = _decidir(mesa, pedido, decisao="recusar", resposta=resposta)
    assert "Diga a quem pediu por que o pedido foi recusado." in texto(pagina)
    assert pedido.estado == "aberto"


def test_saving_without_a_decision_asks_for_one(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    assert "Escolha a decisão." in texto(_decidir(mesa, pedido, decisao="", resposta="rascunho"))
    assert (pedido.estado, pedido.resposta) == ("aberto", "")


def test_a_decided_request_is_only_read(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    _decidir(mesa, pedido, decisao="recusar", resposta="A foto está escura.")
    pagina = texto(mesa.get(_pagina(pedido)))
    assert "A foto está escura." in pagina
    assert "Ana Lista" in pagina
    assert 'name="decisao"' not in pagina
    assert "Este pedido já foi decidido." in texto(_decidir(mesa, pedido, decisao="aceitar"))
    assert pedido.estado == "recusado"


def test_deciding_twice_decides_once_and_says_so(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    for decisao in ("aceitar", "aceitar", "recusar"):
        pagina = texto(_decidir(mesa, pedido, decisao=decisao, resposta="Não."))
    assert "Este pedido já foi decidido." in pagina
    assert "com sucesso" not in pagina
    assert pedido.estado == "aceito"
    assert sorted(Mensagem.objects.values_list("tipo", "para")) == [
        ("contas.recuperacao", "novo@example.org"),
        ("documentos.identidade_aceito_ao_antigo", "velho@example.org"),
        ("documentos.identidade_recebido", "novo@example.org"),
        ("documentos.identidade_recebido_ao_antigo", "velho@example.org"),
    ]


@pytest.mark.parametrize(
    ("campos", "mensagem"),
    [
        ({}, "Escolha a decisão."),
        ({"decisao": "adiar"}, "Faça uma escolha válida"),
        ({"decisao": "recusar", "resposta": "Escrevi\0"}, "Caracteres nulos não são permitidos"),
        ({"decisao": "recusar", "resposta": "Escrevi" + "x" * 2000}, "no máximo 2000 caracteres"),
    ],
)
def test_a_bad_decision_is_explained_and_stays_on_the_page(
    mesa: Client, pedido: PedidoDeIdentidade, campos: dict[str, str], mensagem: str
) -> None:
    pagina = texto(_decidir(mesa, pedido, **{"resposta": "Escrevi", **campos}))
    assert mensagem in pagina
    assert "Escrevi" in pagina
    assert (pedido.estado, pedido.resposta) == ("aberto", "")


def test_one_who_only_reads_decides_nothing(pedido: PedidoDeIdentidade) -> None:
    leitora = contas.usuario(is_staff=True)
    leitora.user_permissions.add(Permission.objects.get(codename="view_pedidodeidentidade"))
    cliente = apoio.entrar(leitora)
    pagina = texto(cliente.get(_pagina(pedido)))
    assert "Perdi o e-mail." in pagina
    assert 'name="decisao"' not in pagina
    assert _decidir(cliente, pedido, decisao="aceitar").status_code == 403
    assert pedido.estado == "aberto"


def test_an_unknown_request_leads_home(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    pedido.pk = 0
    assert mesa.post(_pagina(pedido), {"decisao": "aceitar"})["Location"] == reverse("admin:index")


def test_who_may_not_give_an_account_of_the_team_is_told(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    Usuario.objects.filter(cpf=pedido.cpf).update(is_staff=True)
    pagina = texto(_decidir(mesa, pedido, decisao="aceitar"))
    assert "Só um administrador pode aceitar este pedido." in pagina
    assert "com sucesso" not in pagina
    assert pedido.estado == "aberto"


def test_nobody_adds_or_erases_requests_at_the_desk(mesa: Client, pedido: PedidoDeIdentidade) -> None:
    assert mesa.get(reverse("admin:documentos_pedidodeidentidade_add")).status_code == 403
    assert mesa.post(_pagina(pedido).replace("change", "delete"), {"post": "yes"}).status_code == 403
