"""The desk shows everything about a request on one page."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from convenentes import analise, atualizacao, fabricas
from convenentes.models import Decisao, ItemSolicitacao, Secao, Solicitacao
from documentos.models import Assinatura, Declaracao, Documento, ModeloDeclaracao
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente() -> Client:
    return cena.entrar(cena.analista())


def test_item_pages_of_the_document_and_decision_are_side_by_side(cliente: Client) -> None:
    solicitacao = cena.enviada()
    item = cena.item_de(solicitacao, "rl_identidade")
    arquivo = cena.anexar(item, "rg.pdf", 3, conselho="A foto está escura.").arquivos.get()
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, item)))
    for numero in (1, 2, 3):
        assert reverse("previa", args=[arquivo.uuid, numero]) in pagina
    assert reverse("previa", args=[arquivo.uuid, 4]) not in pagina
    assert reverse("arquivo", args=[arquivo.uuid]) in pagina
    assert "A foto está escura." in pagina
    assert "Guardar parecer e ir ao próximo" in pagina
    assert "Confirmar a decisão" in pagina
    assert "Ninguém assumiu ainda" in pagina


def test_every_item_opens_by_its_link(cliente: Client) -> None:
    solicitacao = cena.enviada()
    pagina = cliente.get(cena.mesa(solicitacao)).content.decode()
    for item in solicitacao.itens.all():
        assert f'href="?item={item.uuid}"' in pagina
        assert cliente.get(cena.mesa(solicitacao, item)).context["item"] == item


def test_without_a_choice_the_next_item_without_an_opinion_opens(cliente: Client) -> None:
    solicitacao = cena.enviada()
    primeiro, segundo = solicitacao.itens.all()[:2]
    assert cliente.get(cena.mesa(solicitacao)).context["item"] == primeiro
    solicitacao.itens.filter(pk=primeiro.pk).update(parecer="aceito")
    assert cliente.get(cena.mesa(solicitacao) + "?item=inventado").context["item"] == segundo
    cena.julgar_tudo(solicitacao)
    pagina = cliente.get(cena.mesa(solicitacao))
    assert pagina.context["item"] == primeiro
    assert "Todos os itens têm parecer" in pagina.content.decode()


def test_earlier_versions_that_were_judged_are_listed_and_no_others(cliente: Client) -> None:
    solicitacao = cena.enviada()
    item = cena.item_de(solicitacao, "rl_identidade")
    julgada = cena.anexar(item, "primeira.pdf")
    Decisao.objects.create(solicitacao=solicitacao, item=item, documento=julgada, resultado="recusado")
    cena.anexar(item, "trocada-antes-de-enviar.pdf")
    cena.anexar(item, "segunda.pdf")
    atual = item.documento
    cena.anexar(item, "terceira.pdf")
    ItemSolicitacao.objects.filter(pk=item.pk).update(documento=atual)
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, item)))
    assert "Versões anteriores (1)" in pagina
    assert "primeira.pdf" in pagina
    assert "terceira.pdf" not in pagina
    assert "trocada-antes-de-enviar.pdf" not in pagina


def test_an_item_that_only_the_team_checks_says_what_to_do(cliente: Client) -> None:
    solicitacao = cena.enviada()
    item = solicitacao.itens.filter(documento=None, secao="").first()
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, item)))
    assert "Nada foi enviado neste item. Confira nos outros documentos e dê o parecer." in pagina


def test_a_signed_declaration_is_read_on_the_page(cliente: Client) -> None:
    solicitacao = cena.enviada()
    item = cena.item_de(solicitacao, "rl_termo_concordancia")
    documento = cena.anexar(item, "termo.pdf")
    declaracao = Declaracao.objects.create(
        modelo=ModeloDeclaracao.objects.earliest("id"),
        documento=documento,
        titulo="Termo",
        paragrafos=["Declaro que li."],
    )
    Assinatura.objects.create(
        codigo="ABCDE-FGHJK",
        declaracao=declaracao,
        usuario=solicitacao.criada_por,
        nome="Rita",
        cpf="0" * 11,
        cargo="Presidente",
        resumo="x",
        pdf=documento.arquivos.get(),
    )
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, item)))
    assert "Declaro que li." in pagina
    assert "Assinada por Rita" in pagina
    assert reverse("declaracao", args=["ABCDE-FGHJK"]) in pagina


def _linhas(cliente: Client, solicitacao: Solicitacao, secao: Secao) -> dict[str, tuple[str, str]]:
    item = solicitacao.itens.get(secao=secao)
    quadro = cliente.get(cena.mesa(solicitacao, item)).context["quadro"]
    return {rotulo: (antes, novo) for rotulo, antes, novo in quadro["linhas"]}


def test_the_data_of_an_inscription_is_read_in_plain_words(cliente: Client) -> None:
    solicitacao = cena.enviada("osc", areas=["saude", "cultura"], razao_social="Casa de Acolhida")
    dados = _linhas(cliente, solicitacao, Secao.DADOS)
    assert dados["Razão social"] == ("", "Casa de Acolhida")
    assert dados["Áreas"] == ("", "Saúde, Cultura")
    assert dados["Data de abertura do CNPJ"] == ("", "03/05/2010")
    assert dados["Nome fantasia"] == ("", "")
    assert _linhas(cliente, solicitacao, Secao.ENDERECO)["Município"] == ("", "Ouro Preto/MG")
    mandato = _linhas(cliente, solicitacao, Secao.REPRESENTANTE)
    assert mandato["CPF"][1].count(".") == 2
    assert "/" in mandato["Início do mandato"][1]


def _atualizacao(convenente: Any, proposta: dict[str, Any]) -> Solicitacao:
    pessoa = convenente.solicitacoes.get().criada_por
    solicitacao = atualizacao.iniciar_dados(convenente, pessoa, uuid4())
    for secao, mudancas in proposta.items():
        atual = solicitacao.proposta[secao]
        solicitacao.proposta[secao] = mudancas if isinstance(mudancas, list) else {**atual, **mudancas}
    solicitacao.protocolo, solicitacao.estado = "2026-999999", Solicitacao.Estado.EM_ANALISE
    solicitacao.enviada_em = convenente.solicitacoes.get(tipo="inscricao").enviada_em
    solicitacao.save()
    return solicitacao


def test_an_update_shows_what_the_record_says_beside_what_is_proposed(cliente: Client) -> None:
    convenente = cena.ativo("osc", razao_social="Nome velho")
    convenente.dirigentes.create(nome="Ana Sai", cpf="11111111111", cargo="Tesoureira")
    convenente.dirigentes.create(nome="Eva Fica", cpf="22222222222", cargo="Secretária")
    novos = [{"nome": "Eva Fica", "cpf": "22222222222", "cargo": "Presidente"}]
    proposta = {"dados": {"razao_social": "Nome novo", "campo_antigo": "x"}, "dirigentes": novos}
    solicitacao = _atualizacao(convenente, proposta)
    dados = _linhas(cliente, solicitacao, Secao.DADOS)
    assert dados["Razão social"] == ("Nome velho", "Nome novo")
    assert dados["Campo antigo"] == ("", "x")
    assert _linhas(cliente, solicitacao, Secao.DIRIGENTES) == {
        "CPF 111.111.111-11": ("Ana Sai – Tesoureira", ""),
        "CPF 222.222.222-22": ("Eva Fica – Secretária", "Eva Fica – Presidente"),
    }
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, solicitacao.itens.get(secao="dados"))))
    assert "No cadastro" in pagina
    assert pagina.count('class="mesa-mudou"') == 2


def test_a_decided_request_is_read_and_asks_nothing(cliente: Client) -> None:
    solicitacao = cena.enviada()
    recusado = cena.item_de(solicitacao, "rl_identidade")
    cena.julgar_tudo(solicitacao, recusado)
    analise.devolver(solicitacao, cena.analista(nome_civil="Rui Analista"), "Corrija o documento.")
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, recusado)))
    assert "Confirmar a decisão" not in pagina
    assert "Guardar parecer" not in pagina
    assert "Devolvida com pendências por Rui Analista. Corrija o documento." in pagina
    assert "Ilegível." in pagina
    solicitacao.eventos.create(tipo="reenviada")
    assert "corrigida depois de devolução" in cena.texto(cliente.get(cena.mesa(solicitacao)))


def test_a_draft_and_an_unknown_request_are_not_found(cliente: Client) -> None:
    rascunho = fabricas.rascunho_de("uniao")
    assert cliente.get(cena.mesa(rascunho)).status_code == 404
    rascunho.uuid = uuid4()
    assert cliente.get(cena.mesa(rascunho)).status_code == 404


def test_who_only_reads_sees_no_form_and_acts_on_nothing() -> None:
    solicitacao = cena.enviada()
    leitora = cena.entrar(cena.leitora("view_solicitacao"))
    pagina = cena.texto(leitora.get(cena.mesa(solicitacao)))
    assert f"Protocolo {solicitacao.protocolo}" in pagina
    for botao in ("Assumir esta", "Guardar parecer", "Confirmar a decisão"):
        assert botao not in pagina
    assert leitora.post(cena.mesa(solicitacao), {"assumir": "1"}).status_code == 403
    assert cena.entrar(cena.leitora()).get(cena.mesa(solicitacao)).status_code == 403


def test_documents_in_the_admin_are_read_with_their_checks(cliente: Client) -> None:
    item = cena.item_de(cena.enviada(), "rl_identidade")
    cena.anexar(item, "rg.pdf", conselho="escura")
    documento = Documento.objects.get()
    pagina = cliente.get(reverse("admin:documentos_documento_change", args=[documento.pk])).content.decode()
    assert documento.arquivos.get().sha256 in pagina
    assert "X: Atenção" in pagina
