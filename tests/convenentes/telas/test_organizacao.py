"""The convenente's own page: one list of what is missing, one button for each line."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from convenentes.models import Convenente, ItemSolicitacao, PapelVinculo, Solicitacao
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _resolver(convenente: Convenente, codigo: str) -> str:
    return reverse("resolver", args=[convenente.uuid, codigo])


def _pagina(convenente: Convenente, cliente: Any) -> Any:
    return cliente.get(reverse("organizacao", args=[convenente.uuid]))


def _linha(resposta: Any, codigo: str) -> Any:
    return next(x for x in resposta.context["lista"] if x.pendencia.linha.codigo == codigo)


def test_the_page_says_the_situation_and_where_each_paper_is_issued() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    resposta = _pagina(convenente, apoio.entrar(lia))
    pagina = apoio.texto(resposta)
    irregulares = len(resposta.context["quadro"].irregulares)
    assert f"{irregulares} itens impedem a regularidade" in pagina
    documento = _linha(resposta, "cndt").pendencia.documento
    assert documento.onde_emitir in pagina
    assert documento.onde_conferir in pagina
    assert documento.orientacao in pagina
    assert _resolver(convenente, "cndt") in pagina
    assert _resolver(convenente, "cadin_mg") not in pagina
    assert "A equipe CAGEC consulta este cadastro" in pagina


def test_one_button_leads_to_the_page_of_the_document_and_twice_is_once() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente, cliente = apoio.organizacao(lia), apoio.entrar(lia)
    campos = {"chave_envio": str(uuid4())}
    enderecos = {cliente.post(_resolver(convenente, "cndt"), campos)["Location"] for _ in range(2)}
    item = ItemSolicitacao.objects.get(exigencia__codigo="cndt")
    assert enderecos == {reverse("solicitacao_documento", args=[item.solicitacao.uuid, item.uuid])}
    assert cliente.get(enderecos.pop()).status_code == 200


def test_a_usuario_sees_the_list_without_buttons() -> None:
    lia, ugo = apoio.pessoa(2, "Lia"), apoio.pessoa(3, "Ugo")
    convenente = apoio.organizacao(lia)
    apoio.vincular(convenente, ugo, PapelVinculo.USUARIO)
    resposta = _pagina(convenente, apoio.entrar(ugo))
    assert _linha(resposta, "cndt")
    assert "/resolver/" not in apoio.texto(resposta)
    assert reverse("atualizar_dados", args=[convenente.uuid]) not in apoio.texto(resposta)
    assert apoio.entrar(ugo).post(_resolver(convenente, "cndt")).status_code == 403


def test_an_outsider_learns_nothing() -> None:
    convenente, edu = apoio.organizacao(apoio.pessoa(2, "Lia")), apoio.pessoa(4, "Edu")
    assert _pagina(convenente, apoio.entrar(edu)).status_code == 404
    assert apoio.entrar(edu).post(_resolver(convenente, "cndt")).status_code == 404
    assert not Solicitacao.objects.exists()


def test_who_comes_back_from_signing_in_finds_the_list() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    resposta = apoio.entrar(lia).get(_resolver(convenente, "cndt"))
    assert resposta["Location"] == reverse("organizacao", args=[convenente.uuid])
    assert not Solicitacao.objects.exists()


def test_what_no_request_resolves_says_why() -> None:
    lia = apoio.pessoa(2, "Lia")
    resposta = apoio.entrar(lia).post(_resolver(apoio.organizacao(lia), "cadin_mg"), follow=True)
    assert "não se resolve por uma solicitação" in apoio.texto(resposta)


def test_a_blocked_record_has_no_buttons_and_says_whom_to_ask() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    Convenente.objects.update(estado=Convenente.Estado.BLOQUEADO)
    pagina = apoio.texto(_pagina(convenente, apoio.entrar(lia)))
    assert "O cadastro está bloqueado." in pagina
    assert "/resolver/" not in pagina
    assert "Outras mudanças" not in pagina


@pytest.mark.parametrize(
    ("estado", "do_item", "texto", "pagina"),
    [
        ("rascunho", "a_preencher", "em rascunho. Falta enviar o documento.", "solicitacao_documento"),
        ("rascunho", "preenchido", "em rascunho. Falta assinar e enviar", "solicitacao_revisao"),
        ("aguardando_assinatura", "preenchido", "que aguarda a assinatura", "solicitacao_revisao"),
        ("com_pendencia", "recusado", "devolvida com pendência. Falta enviar", "solicitacao_documento"),
        ("em_analise", "preenchido", "2026.000001, em análise", "solicitacao"),
    ],
)
def test_a_line_in_an_open_request_says_so_and_goes_on_there(
    estado: str, do_item: str, texto: str, pagina: str
) -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente, cliente = apoio.organizacao(lia), apoio.entrar(lia)
    cliente.post(_resolver(convenente, "cndt"))
    pedido, item = Solicitacao.objects.get(), ItemSolicitacao.objects.get(exigencia__codigo="cndt")
    Solicitacao.objects.update(estado=estado, protocolo="2026.000001", enviada_em=pedido.criada_em)
    ItemSolicitacao.objects.filter(pk=item.pk).update(estado=do_item)
    resposta = _pagina(convenente, cliente)
    andamento = _linha(resposta, "cndt").andamento
    assert texto in andamento.texto
    argumentos = [pedido.uuid, item.uuid] if pagina == "solicitacao_documento" else [pedido.uuid]
    assert andamento.url == reverse(pagina, args=argumentos)
    assert _resolver(convenente, "cndt") not in apoio.texto(resposta)


def test_while_the_team_reviews_the_other_lines_wait() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente, cliente = apoio.organizacao(lia), apoio.entrar(lia)
    cliente.post(_resolver(convenente, "cndt"))
    Solicitacao.objects.update(estado="em_analise", protocolo="2026.000001", enviada_em=convenente.criado_em)
    resposta = _pagina(convenente, cliente)
    assert "Depois da decisão" in _linha(resposta, "cnpj").andamento.texto
    assert "/resolver/" not in apoio.texto(resposta)


def test_a_fund_is_told_that_the_municipality_sends_the_paper() -> None:
    lia = apoio.pessoa(2, "Lia")
    municipio, fundo = apoio.organizacao(lia), apoio.organizacao(lia, 55666777)
    fundo.tipo = type(fundo.tipo).objects.get(slug="fms")
    fundo.save()
    cliente = apoio.entrar(lia)
    assert "Informe o CNPJ dele" in _linha(_pagina(fundo, cliente), "cnd_federal_fundo").instrucao
    fundo.ente_controlador = municipio
    fundo.save()
    resposta = _pagina(fundo, cliente)
    assert "quem representa o município" in _linha(resposta, "cnd_federal_fundo").instrucao
    assert reverse("convenente", args=[municipio.cnpj]) in apoio.texto(resposta)


def test_the_public_page_leads_members_there_and_nobody_else() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    publica, endereco = reverse("convenente", args=[convenente.cnpj]), _pagina(convenente, apoio.entrar(lia))
    assert endereco.request["PATH_INFO"] in apoio.texto(apoio.entrar(lia).get(publica))
    for outra in (None, apoio.pessoa(4, "Edu")):
        pagina = apoio.texto(apoio.entrar(outra).get(publica))
        assert endereco.request["PATH_INFO"] not in pagina
        assert reverse("painel") in pagina


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente, cliente = apoio.organizacao(lia), apoio.entrar(lia)

    def contar() -> int:
        with CaptureQueriesContext(connection) as consultas:
            assert _pagina(convenente, cliente).status_code == 200
        return len(consultas)

    cliente.post(_resolver(convenente, "cndt"))
    contar()
    uma = contar()
    for codigo in ("cnpj", "osc_estatuto", "cnd_federal"):
        cliente.post(_resolver(convenente, codigo))
    assert contar() == uma
