import pytest
from django.urls import reverse

from convenentes.models import Decisao, Solicitacao
from documentos.models import MotivoRecusa
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db

PAGINAS_DE_TODOS = (
    "solicitacao",
    "solicitacao_dados",
    "solicitacao_endereco",
    "solicitacao_dirigentes",
    "solicitacao_documentos",
    "solicitacao_revisao",
    "solicitacao_cnpj",
    "solicitacao_tipo",
)
PAGINAS_DE_QUEM_GERENCIA = ("solicitacao_representante", "solicitacao_pessoas", "solicitacao_cancelar")
BOTOES_DE_QUEM_GERENCIA = (
    "solicitacao_representante_reenviar",
    "solicitacao_encaminhar",
    "solicitacao_cancelar",
    "solicitacao_pessoas",
    "solicitacao_representante",
)


def _url(nome: str, elenco: apoio.Elenco) -> str:
    return reverse(nome, args=[elenco.solicitacao.uuid])


@pytest.mark.parametrize("nome", PAGINAS_DE_TODOS)
def test_everybody_in_the_request_reads_the_page_and_nobody_else(nome: str) -> None:
    elenco = apoio.elenco()
    for pessoa in (elenco.representante, elenco.responsavel, elenco.usuario):
        assert apoio.entrar(pessoa).get(_url(nome, elenco)).status_code == 200
    assert apoio.entrar(elenco.estranho).get(_url(nome, elenco)).status_code == 404
    assert apoio.entrar(None).get(_url(nome, elenco)).status_code == 302


@pytest.mark.parametrize("nome", PAGINAS_DE_QUEM_GERENCIA)
def test_a_usuario_manages_nothing(nome: str) -> None:
    elenco = apoio.elenco()
    for pessoa in (elenco.representante, elenco.responsavel):
        assert apoio.entrar(pessoa).get(_url(nome, elenco)).status_code == 200
    assert apoio.entrar(elenco.usuario).get(_url(nome, elenco)).status_code == 403
    assert apoio.entrar(elenco.estranho).get(_url(nome, elenco)).status_code == 404
    assert apoio.entrar(None).get(_url(nome, elenco)).status_code == 302


@pytest.mark.parametrize("nome", BOTOES_DE_QUEM_GERENCIA)
def test_a_usuario_presses_no_button_of_who_manages(nome: str) -> None:
    elenco = apoio.elenco()
    assert apoio.entrar(elenco.usuario).post(_url(nome, elenco)).status_code == 403
    assert apoio.entrar(elenco.estranho).post(_url(nome, elenco)).status_code == 404
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.estado == Solicitacao.Estado.RASCUNHO


def test_only_the_representante_signs() -> None:
    elenco = apoio.elenco()
    apoio.preencher(elenco.solicitacao)
    for pessoa, codigo in ((elenco.responsavel, 403), (elenco.usuario, 403), (elenco.estranho, 404)):
        cliente = apoio.entrar(pessoa)
        assert cliente.get(_url("solicitacao_assinar", elenco)).status_code == codigo
        campos = {"senha": apoio.SENHA, "resumo_lido": "0" * 64}
        assert cliente.post(_url("solicitacao_assinar", elenco), campos).status_code == codigo


def test_continuing_leads_to_the_first_step_that_is_not_done() -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.get(_url("solicitacao_continuar", elenco))["Location"] == _url("solicitacao_dados", elenco)
    apoio.preencher(elenco.solicitacao)
    assert cliente.get(_url("solicitacao_continuar", elenco))["Location"] == _url(
        "solicitacao_revisao", elenco
    )


def test_the_history_is_told_in_plain_words() -> None:
    elenco = apoio.elenco()
    pagina = apoio.texto(apoio.entrar(elenco.usuario).get(_url("solicitacao", elenco)))
    assert "Solicitação aberta" in pagina
    assert "Rita Responsável" in pagina


def test_cancelling_asks_first_and_then_cancels() -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.get(_url("solicitacao_cancelar", elenco)).status_code == 200
    for _ in range(2):
        cliente.post(_url("solicitacao_cancelar", elenco))
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.estado == Solicitacao.Estado.CANCELADA
    assert elenco.solicitacao.eventos.filter(tipo="cancelada").count() == 1


def test_what_the_team_has_taken_cannot_be_cancelled() -> None:
    elenco = apoio.elenco()
    Solicitacao.objects.update(analista=elenco.estranho)
    resposta = apoio.entrar(elenco.responsavel).post(_url("solicitacao_cancelar", elenco), follow=True)
    assert "não pode mais ser cancelada" in apoio.texto(resposta)


def test_pages_and_buttons_refuse_the_wrong_method() -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.post(_url("solicitacao_documentos", elenco)).status_code == 405
    assert cliente.put(_url("solicitacao_encaminhar", elenco)).status_code == 405


def test_a_decision_lists_only_what_was_refused_and_why() -> None:
    elenco = apoio.elenco()
    motivo = MotivoRecusa.objects.get(codigo="ilegivel")
    recusado, aceito = (apoio.item_de(elenco.solicitacao, codigo) for codigo in ("rl_identidade", "rl_cpf"))
    decidir = elenco.solicitacao.decisoes.create
    decidir(item=recusado, resultado=Decisao.Resultado.RECUSADO, motivo=motivo, analista=elenco.estranho)
    decidir(item=aceito, resultado=Decisao.Resultado.ACEITO, analista=elenco.estranho)
    decidir(resultado=Decisao.Resultado.DEVOLVIDA, analista=elenco.estranho)
    resposta = apoio.entrar(elenco.responsavel).get(_url("solicitacao", elenco))
    ((_, recusados),) = resposta.context["decisoes"]
    assert [decisao.item for decisao in recusados] == [recusado]
    assert f"recusado. {motivo.texto}" in apoio.texto(resposta)


@pytest.mark.parametrize(
    "nome", ["solicitacao_encaminhar", "solicitacao_representante_reenviar", "solicitacao_dirigente_retirar"]
)
def test_who_signs_in_after_clicking_a_button_comes_back_to_the_request(nome: str) -> None:
    elenco = apoio.elenco()
    botao = reverse(nome, args=[elenco.solicitacao.uuid])
    assert apoio.entrar(None).post(botao)["Location"] == f"{reverse('account_login')}?next={botao}"
    volta = apoio.entrar(elenco.responsavel).get(botao)
    assert volta["Location"] == reverse("solicitacao", args=[elenco.solicitacao.uuid])
