"""Opinions and decisions at the desk: once each, and bad input keeps what was typed."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from contas.models import Usuario
from convenentes import analise
from convenentes.models import Decisao, ItemSolicitacao, Solicitacao
from documentos.models import MotivoRecusa
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db

FILA = reverse("admin:convenentes_solicitacao_changelist")


@pytest.fixture
def analista() -> Usuario:
    return cena.analista(nome_civil="Rita Analista")


@pytest.fixture
def cliente(analista: Usuario) -> Client:
    return cena.entrar(analista)


@pytest.fixture
def solicitacao() -> Solicitacao:
    return cena.enviada()


@pytest.fixture
def item(solicitacao: Solicitacao) -> ItemSolicitacao:
    return cena.item_de(solicitacao, "rl_identidade")


def _decidir(cliente: Client, solicitacao: Solicitacao, decisao: str, **campos: Any) -> Any:
    envio = {"decidir": "1", "decisao": decisao, "motivo_geral": "", "texto_geral": "", **campos}
    return cliente.post(cena.mesa(solicitacao), envio, follow=True)


def _motivo() -> int:
    return MotivoRecusa.objects.earliest("id").pk


# --- opinion --------------------------------------------------------------------------------------------


def test_an_opinion_is_kept_in_private_and_the_next_item_opens(
    cliente: Client, solicitacao: Solicitacao, analista: Usuario
) -> None:
    primeiro, segundo = solicitacao.itens.all()[:2]
    envio = cena.parecer(primeiro, parecer="recusado", motivo=_motivo(), texto="Está cortado.")
    pagina = cliente.post(cena.mesa(solicitacao), envio, follow=True)
    assert pagina.context["item"] == segundo
    primeiro.refresh_from_db()
    assert (primeiro.parecer, primeiro.texto) == ("recusado", "Está cortado.")
    assert primeiro.estado == ItemSolicitacao.Estado.PREENCHIDO
    assert not Decisao.objects.exists()
    assert "Com Rita Analista." in cena.texto(pagina)


def test_the_second_click_of_a_double_click_never_falls_on_the_next_item(
    cliente: Client, solicitacao: Solicitacao
) -> None:
    primeiro = solicitacao.itens.all()[0]
    for _ in range(2):
        cliente.post(cena.mesa(solicitacao), cena.parecer(primeiro))
    assert list(solicitacao.itens.exclude(parecer="")) == [primeiro]


@pytest.mark.parametrize(
    ("campos", "mensagem"),
    [
        ({"parecer": ""}, "Diga se o item é aceito ou recusado."),
        ({"parecer": "recusado"}, "Escolha o motivo da recusa."),
        ({"parecer": "talvez"}, "Faça uma escolha válida"),
        ({"parecer": "recusado", "motivo": "999999"}, "Faça uma escolha válida"),
        ({"parecer": "recusado", "motivo": "abc"}, "Faça uma escolha válida"),
        ({"texto": "A minha explicação\0"}, "Caracteres nulos não são permitidos"),
        ({"texto": "A minha explicação" + "x" * 2000}, "no máximo 2000 caracteres"),
    ],
)
def test_a_bad_opinion_is_explained_and_stays_on_the_page(
    cliente: Client, solicitacao: Solicitacao, item: ItemSolicitacao, campos: dict[str, str], mensagem: str
) -> None:
    envio = cena.parecer(item, **{"texto": "A minha explicação", **campos})
    resposta = cliente.post(cena.mesa(solicitacao, item), envio)
    assert resposta.status_code == 200
    assert mensagem in cena.texto(resposta)
    assert "A minha explicação" in cena.texto(resposta)
    assert resposta.context["item"] == item
    assert not solicitacao.itens.exclude(parecer="").exists()


def test_an_opinion_on_an_item_of_another_request_is_refused(
    cliente: Client, solicitacao: Solicitacao
) -> None:
    alheio = cena.enviada().itens.all()[0]
    for alvo in (alheio.uuid, uuid4(), "x\0", ""):
        resposta = cliente.post(cena.mesa(solicitacao), {**cena.parecer(alheio), "parecer_do_item": alvo})
        assert resposta.status_code == 404
    assert not ItemSolicitacao.objects.exclude(parecer="").exists()


# --- decision -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("campos", "mensagem"),
    [
        ({"decisao": ""}, "Escolha a decisão."),
        ({"decisao": "adiar"}, "Faça uma escolha válida"),
        ({"decisao": "indeferir"}, "Escolha o motivo do indeferimento."),
        ({"decisao": "indeferir", "motivo_geral": "0"}, "Faça uma escolha válida"),
        ({"decisao": "aprovar"}, "Falta dar parecer em: "),
        ({"decisao": "devolver"}, "Falta dar parecer em: "),
        ({"decisao": "aprovar", "texto_geral": "Prezada equipe\0"}, "Caracteres nulos não são permitidos"),
        ({"decisao": "aprovar", "texto_geral": "Prezada equipe" + "x" * 4000}, "no máximo 4000 caracteres"),
    ],
)
@pytest.mark.parametrize("com_item_aberto", [False, True])
def test_a_bad_decision_is_explained_and_stays_on_the_page(
    cliente: Client,
    solicitacao: Solicitacao,
    item: ItemSolicitacao,
    campos: dict[str, str],
    mensagem: str,
    com_item_aberto: bool,
) -> None:
    envio = {"decidir": "1", "texto_geral": "Prezada equipe", **campos}
    resposta = cliente.post(cena.mesa(solicitacao, item if com_item_aberto else None), envio)
    assert resposta.status_code == 200
    assert mensagem in cena.texto(resposta)
    assert "Prezada equipe" in cena.texto(resposta)
    assert (resposta.context["item"] == item) is com_item_aberto
    assert not Decisao.objects.exists()


def test_a_refusal_of_the_whole_explains_itself(cliente: Client, solicitacao: Solicitacao) -> None:
    resposta = _decidir(cliente, solicitacao, "indeferir", motivo_geral=_motivo())
    assert "Explique o indeferimento a quem enviou." in cena.texto(resposta)


@pytest.mark.parametrize(
    ("decisao", "mensagem"), [("devolver", "recuse ao menos um item"), ("aprovar", "Devolva com")]
)
def test_a_decision_that_the_opinions_contradict_is_explained(
    cliente: Client, solicitacao: Solicitacao, item: ItemSolicitacao, decisao: str, mensagem: str
) -> None:
    cena.julgar_tudo(solicitacao, item if decisao == "aprovar" else None)
    resposta = _decidir(cliente, solicitacao, decisao, texto_geral="Prezada equipe")
    assert mensagem in cena.texto(resposta)
    assert "Prezada equipe" in cena.texto(resposta)
    assert not Decisao.objects.exists()


@pytest.mark.parametrize(
    ("decisao", "estado", "mensagem"),
    [
        ("aprovar", "aprovada", "aprovada, cadastro nº"),
        ("devolver", "com_pendencia", "devolvida. A pessoa foi avisada por e-mail."),
        ("indeferir", "indeferida", "indeferida. A pessoa foi avisada por e-mail."),
    ],
)
def test_each_decision_is_made_once_however_often_it_is_confirmed(
    cliente: Client, solicitacao: Solicitacao, item: ItemSolicitacao, decisao: str, estado: str, mensagem: str
) -> None:
    cena.julgar_tudo(solicitacao, item if decisao == "devolver" else None)
    campos = {"motivo_geral": _motivo(), "texto_geral": "Explicado."}
    primeira = _decidir(cliente, solicitacao, decisao, **campos)
    assert primeira.redirect_chain[-1][0] == FILA
    assert mensagem in cena.texto(primeira)
    segunda = _decidir(cliente, solicitacao, decisao, **campos)
    assert segunda.redirect_chain[-1][0] == FILA
    assert "sua decisão já está registrada" in cena.texto(segunda)
    solicitacao.refresh_from_db()
    assert solicitacao.estado == estado
    assert Decisao.objects.filter(item=None).count() == 1


# --- two analysts ---------------------------------------------------------------------------------------


def test_whoever_takes_the_request_has_it_until_another_takes_it(
    cliente: Client, solicitacao: Solicitacao
) -> None:
    outra = cena.entrar(cena.analista(nome_civil="Bia Segunda"))
    for quem, nome in ((cliente, "Rita Analista"), (cliente, "Rita Analista"), (outra, "Bia Segunda")):
        pagina = cena.texto(quem.post(cena.mesa(solicitacao), {"assumir": "1"}, follow=True))
        assert f"Com {nome}." in pagina
        assert "Assumir esta solicitação" not in pagina
    assert solicitacao.eventos.filter(tipo="assumida").count() == 2
    assert "Assumir esta solicitação" in cena.texto(cliente.get(cena.mesa(solicitacao)))


@pytest.mark.parametrize("acao", ["parecer", "parecer ruim", "assumir", "decidir"])
def test_a_request_decided_meanwhile_says_so(
    cliente: Client, solicitacao: Solicitacao, item: ItemSolicitacao, acao: str
) -> None:
    cena.julgar_tudo(solicitacao)
    analise.aprovar(solicitacao, cena.analista())
    envio: dict[str, Any] = {
        "parecer": cena.parecer(item, parecer="recusado", motivo=_motivo()),
        "parecer ruim": cena.parecer(item, parecer=""),
        "assumir": {"assumir": "1"},
        "decidir": {"decidir": "1", "decisao": "devolver"},
    }[acao]
    resposta = cliente.post(cena.mesa(solicitacao), envio, follow=True)
    assert "Esta solicitação não está mais em análise." in cena.texto(resposta)
    assert Decisao.objects.filter(item=None).count() == 1
    item.refresh_from_db()
    assert item.estado == ItemSolicitacao.Estado.ACEITO


def test_who_acts_for_the_organisation_is_told_to_leave_it_to_another(
    cliente: Client, solicitacao: Solicitacao, analista: Usuario
) -> None:
    solicitacao.participantes.filter(papel="responsavel").update(usuario=analista)
    pagina = cena.texto(cliente.post(cena.mesa(solicitacao), {"assumir": "1"}, follow=True))
    assert "Outra pessoa da equipe deve analisá-la." in pagina
    assert not solicitacao.eventos.filter(tipo="assumida").exists()


def test_a_post_that_asks_nothing_changes_nothing(cliente: Client, solicitacao: Solicitacao) -> None:
    assert cliente.post(cena.mesa(solicitacao)).status_code == 200
    assert not solicitacao.eventos.filter(tipo="assumida").exists()
