"""Filling in a request: what may change, what a change does, and what is refused."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contas.fabricas import usuario
from convenentes import analise, fabricas, itens, rascunho
from convenentes.models import ItemSolicitacao, Secao, Solicitacao
from convenentes.rascunho import NaoEditavel
from documentos.envio import ArquivoRecusado
from documentos.fabricas import enviado, pdf
from documentos.models import Documento, TipoDocumento
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db
LIA = {"nome": "Lia", "cpf": "529.982.247-25", "cargo": "Presidente"}
RUI = {"nome": "Rui", "cpf": "111.444.777-35", "cargo": "Tesoureiro"}


@pytest.fixture
def pedido() -> Solicitacao:
    return fabricas.rascunho_de("osc")


def anexar(item: ItemSolicitacao, arquivo: SimpleUploadedFile, chave: UUID | None = None) -> Documento:
    quem = item.solicitacao.criada_por
    return rascunho.anexar_documento(item, [arquivo], quem, chave_envio=chave or uuid4())


def um_pdf(texto: str = "Cartão do CNPJ") -> SimpleUploadedFile:
    return enviado("cnpj.pdf", pdf(texto))


def proposta_de(pedido: Solicitacao) -> dict[str, Any]:
    atual: dict[str, Any] = Solicitacao.objects.get(pk=pedido.pk).proposta
    return atual


def test_a_section_is_kept_whole_and_the_others_stay(pedido: Solicitacao) -> None:
    antes = proposta_de(pedido)
    rascunho.salvar_secao(pedido, Secao.ENDERECO, {"cep": "30130000"})
    depois = proposta_de(pedido)
    assert depois[Secao.ENDERECO] == {"cep": "30130000"}
    assert depois[Secao.DADOS] == antes[Secao.DADOS]
    assert item_de(pedido, Secao.ENDERECO).estado == "preenchido"


def test_two_people_who_save_different_sections_lose_nothing(pedido: Solicitacao) -> None:
    um, outro = (Solicitacao.objects.get(pk=pedido.pk) for _ in range(2))
    rascunho.salvar_secao(um, Secao.DADOS, {"razao_social": "Uma"})
    rascunho.salvar_secao(outro, Secao.ENDERECO, {"bairro": "Outro"})
    proposta = proposta_de(pedido)
    assert (proposta[Secao.DADOS], proposta[Secao.ENDERECO]) == (
        {"razao_social": "Uma"},
        {"bairro": "Outro"},
    )


def test_the_answers_that_come_with_the_data_join_those_given_elsewhere(pedido: Solicitacao) -> None:
    rascunho.responder(item_de(pedido, "rl_procuracao"), True)
    rascunho.salvar_dados(pedido, {"razao_social": "Uma"}, {"rpps": False})
    assert proposta_de(pedido)["respostas"] == {"rl_procuracao": True, "rpps": False}


def test_a_director_enters_the_list_once(pedido: Solicitacao) -> None:
    for dirigente in (LIA, RUI, {**LIA, "cargo": "Outro"}):
        rascunho.incluir_dirigente(pedido, dirigente)
    assert proposta_de(pedido)[Secao.DIRIGENTES] == [LIA, RUI]


def test_a_list_of_directors_that_became_empty_is_still_to_fill_in(pedido: Solicitacao) -> None:
    rascunho.incluir_dirigente(pedido, LIA)
    rascunho.retirar_dirigente(pedido, RUI["cpf"])
    assert item_de(pedido, Secao.DIRIGENTES).estado == "preenchido"
    rascunho.incluir_dirigente(pedido, RUI)
    rascunho.retirar_dirigente(pedido, RUI["cpf"])
    assert proposta_de(pedido)[Secao.DIRIGENTES] == [LIA]
    rascunho.retirar_dirigente(pedido, LIA["cpf"])
    assert item_de(pedido, Secao.DIRIGENTES).estado == "a_preencher"


def test_the_answer_no_puts_the_item_aside_and_yes_brings_it_back(pedido: Solicitacao) -> None:
    assert itens.sem_resposta(item_de(pedido, "rl_procuracao"))
    rascunho.responder(item_de(pedido, "rl_procuracao"), False)
    assert item_de(pedido, "rl_procuracao").estado == "nao_se_aplica"
    assert not itens.obrigatorio(item_de(pedido, "rl_procuracao"))
    rascunho.responder(item_de(pedido, "rl_procuracao"), True)
    pedido.refresh_from_db()
    assert item_de(pedido, "rl_procuracao").estado == "a_preencher"
    assert itens.obrigatorio(item_de(pedido, "rl_procuracao"))
    item = item_de(pedido, "rl_procuracao")
    ItemSolicitacao.objects.filter(pk=item.pk).update(documento=pedidos.documento_de(item))
    rascunho.responder(item, True)
    assert item_de(pedido, "rl_procuracao").estado == "preenchido"


def test_another_alternative_starts_without_a_document(pedido: Solicitacao) -> None:
    item = item_de(pedido, "osc_estatuto")
    item.documento, item.estado = pedidos.documento_de(item), ItemSolicitacao.Estado.PREENCHIDO
    item.save()
    rascunho.escolher_alternativa(item, TipoDocumento.objects.get(codigo="osc_estatuto"))
    assert item_de(pedido, "osc_estatuto").documento is not None
    rascunho.escolher_alternativa(item, TipoDocumento.objects.get(codigo="cndt"))
    assert item_de(pedido, "osc_estatuto").documento is not None
    rascunho.escolher_alternativa(item, TipoDocumento.objects.get(codigo="osc_certidao_registro"))
    trocado = item_de(pedido, "osc_estatuto")
    assert trocado.tipo_documento is not None
    assert (trocado.tipo_documento.codigo, trocado.documento, trocado.estado) == (
        "osc_certidao_registro",
        None,
        "a_preencher",
    )


def test_an_attached_file_fills_in_the_item_and_a_new_one_takes_its_place(pedido: Solicitacao) -> None:
    primeiro = anexar(item_de(pedido, "cnpj"), um_pdf())
    segundo = anexar(item_de(pedido, "cnpj"), um_pdf("Outro"))
    item = item_de(pedido, "cnpj")
    assert (item.documento, item.estado) == (segundo, "preenchido")
    assert set(pedido.pasta.documentos.all()) == {primeiro, segundo}


def test_the_same_upload_sent_twice_is_one_document(pedido: Solicitacao) -> None:
    chave = uuid4()
    um, outro = (anexar(item_de(pedido, "cnpj"), um_pdf(), chave) for _ in range(2))
    assert um == outro


@pytest.mark.parametrize("codigo", ["rl_identidade", "cnpj"])
def test_a_key_already_used_elsewhere_makes_a_document_of_its_own(codigo: str, pedido: Solicitacao) -> None:
    chave = uuid4()
    anexar(item_de(pedido, "cnpj"), um_pdf(), chave)
    outro = item_de(pedido if codigo != "cnpj" else fabricas.rascunho_de("osc"), codigo)
    documento = anexar(outro, um_pdf(), chave)
    outro.refresh_from_db()
    assert (outro.documento, outro.estado) == (documento, "preenchido")
    assert (documento.tipo, documento.pasta) == (outro.tipo_documento, outro.solicitacao.pasta)
    assert item_de(pedido, "cnpj").documento != documento


def test_a_document_is_refused_when_the_alternative_changed_while_it_was_sent(pedido: Solicitacao) -> None:
    aberto_antes = item_de(pedido, "osc_estatuto")
    rascunho.escolher_alternativa(
        item_de(pedido, "osc_estatuto"), TipoDocumento.objects.get(codigo="osc_certidao_registro")
    )
    with pytest.raises(ArquivoRecusado):
        anexar(aberto_antes, um_pdf())
    assert item_de(pedido, "osc_estatuto").documento is None


def test_a_refused_file_leaves_the_item_as_it_was(pedido: Solicitacao) -> None:
    documento = anexar(item_de(pedido, "cnpj"), um_pdf())
    with pytest.raises(ArquivoRecusado):
        anexar(item_de(pedido, "cnpj"), enviado("cnpj.pdf", b"nada disso"))
    assert item_de(pedido, "cnpj").documento == documento


def test_nothing_changes_once_the_request_was_sent() -> None:
    pedido = pedidos.em_analise()
    item = item_de(pedido, "cnpj")
    antes = proposta_de(pedido)
    for acao in (
        lambda: rascunho.salvar_secao(pedido, Secao.DADOS, {}),
        lambda: rascunho.salvar_dados(pedido, {}, {}),
        lambda: rascunho.incluir_dirigente(pedido, LIA),
        lambda: rascunho.retirar_dirigente(pedido, LIA["cpf"]),
        lambda: rascunho.responder(item, False),
        lambda: rascunho.escolher_alternativa(item, TipoDocumento.objects.get(codigo="cndt")),
        lambda: anexar(item, um_pdf()),
    ):
        with pytest.raises(NaoEditavel, match="não pode mais ser alterada"):
            acao()
    assert proposta_de(pedido) == antes


def test_after_a_return_only_what_was_refused_may_change() -> None:
    analista = usuario(is_staff=True)
    pedido = pedidos.em_analise()
    pedidos.julgar(pedido, analista, "cnpj", Secao.ENDERECO)
    analise.devolver(pedido, analista)
    pedido.refresh_from_db()
    anexar(item_de(pedido, "cnpj"), um_pdf())
    rascunho.salvar_secao(pedido, Secao.ENDERECO, pedido.proposta[Secao.ENDERECO])
    with pytest.raises(NaoEditavel):
        rascunho.salvar_secao(pedido, Secao.DADOS, {})
    with pytest.raises(NaoEditavel):
        anexar(item_de(pedido, "rl_identidade"), um_pdf())


def test_what_the_team_checks_is_closed_to_people(pedido: Solicitacao) -> None:
    clausula = item_de(pedido, "mrosc_clausula_finalidade")
    assert clausula.estado == "preenchido"
    with pytest.raises(NaoEditavel):
        anexar(clausula, um_pdf())
