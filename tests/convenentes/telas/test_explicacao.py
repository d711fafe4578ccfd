"""A document that a check doubts may be sent all the same, with a reason that the analyst reads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import rascunho
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from documentos import fabricas
from documentos.models import Arquivo
from tests.convenentes import certidoes, pedidos
from tests.convenentes.mesa import cena
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db
MOTIVO = "O município mudou de CNPJ em março."
OFERTA = "Enviar assim mesmo"


def _de_outro(convenente: Convenente) -> ItemSolicitacao:
    """An item with a certificate of another CNPJ."""
    return certidoes.cnd(certidoes.pedido(convenente, certidoes.texto_da_cnd(pedidos.ativo())))


def _endereco(item: ItemSolicitacao, nome: str = "solicitacao_documento") -> str:
    return reverse(nome, args=[item.solicitacao.uuid, item.uuid])


@pytest.fixture
def convenente() -> Convenente:
    return pedidos.ativo()


@pytest.fixture
def cliente(convenente: Convenente) -> Client:
    return apoio.entrar(pedidos.representante_de(convenente))


def _explicar(cliente: Client, item: ItemSolicitacao, texto: str = MOTIVO) -> str:
    endereco = _endereco(item, "solicitacao_documento_explicacao")
    return apoio.texto(cliente.post(endereco, {"texto": texto}, follow=True))


def test_the_reason_is_kept_and_shown_to_the_person_and_to_the_analyst(
    convenente: Convenente, cliente: Client
) -> None:
    item = _de_outro(convenente)
    assert OFERTA in apoio.texto(cliente.get(_endereco(item)))
    assert "vai ler a sua explicação" in _explicar(cliente, item)
    pagina = apoio.texto(cliente.get(_endereco(item)))
    assert MOTIVO in pagina
    assert "Mudar a explicação" in pagina
    pedidos.enviar(item.solicitacao)
    assert f"“{MOTIVO}”" in apoio.texto(cliente.get(_endereco(item)))
    mesa = cena.texto(cena.entrar(cena.analista()).get(cena.mesa(item.solicitacao, item)))
    assert f"“{MOTIVO}”" in mesa
    assert "Documento com dúvida enviado assim mesmo: " in apoio.texto(
        cliente.get(reverse("solicitacao", args=[item.solicitacao.uuid]))
    )


def test_it_is_no_condition_for_sending(convenente: Convenente) -> None:
    item = _de_outro(convenente)
    assert certidoes.enviar(item.solicitacao).estado == Solicitacao.Estado.EM_ANALISE
    mesa = cena.texto(cena.entrar(cena.analista()).get(cena.mesa(item.solicitacao, item)))
    assert "Enviado assim mesmo" not in mesa


def test_the_last_reason_counts_and_a_double_click_writes_one(
    convenente: Convenente, cliente: Client
) -> None:
    item = _de_outro(convenente)
    for texto in ("Primeira.", MOTIVO, MOTIVO):
        _explicar(cliente, item, texto)
    dita = rascunho.explicacao(item)
    assert dita is not None
    assert dita.dados["texto"] == MOTIVO
    assert item.solicitacao.eventos.filter(tipo="explicada").count() == 2


def test_another_file_is_not_explained_by_the_reason_of_the_first(
    convenente: Convenente, cliente: Client
) -> None:
    item = _de_outro(convenente)
    _explicar(cliente, item)
    rascunho.anexar_documento(
        item,
        [fabricas.enviado("outra.pdf", fabricas.pdf("Outra"))],
        pedidos.representante_de(convenente),
        chave_envio=uuid4(),
        valido_ate=hoje() + timedelta(days=30),
    )
    assert MOTIVO not in apoio.texto(cliente.get(_endereco(item)))


def test_without_a_sentence_the_page_asks_for_one(convenente: Convenente, cliente: Client) -> None:
    item = _de_outro(convenente)
    assert "Escreva em uma frase" in _explicar(cliente, item, " ")
    assert rascunho.explicacao(item) is None


def test_what_fits_and_what_came_back_have_nothing_to_be_explained(
    convenente: Convenente, cliente: Client
) -> None:
    certa = certidoes.cnd(certidoes.pedido(convenente))
    assert OFERTA not in apoio.texto(cliente.get(_endereco(certa)))
    outro = pedidos.ativo()
    com_problema = _de_outro(outro)
    Arquivo.objects.filter(documentos=com_problema.documento).update(estado="com_problema")
    dono = apoio.entrar(pedidos.representante_de(outro))
    assert OFERTA not in apoio.texto(dono.get(_endereco(com_problema)))


def test_a_doubt_of_a_check_may_be_explained_too(cliente: Client, convenente: Convenente) -> None:
    item = certidoes.cnd(certidoes.pedido(convenente))
    assert item.documento is not None
    verificacoes = item.documento.arquivos.get().verificacoes
    verificacoes.filter(nome="legibilidade").update(situacao="atencao")
    assert OFERTA in apoio.texto(cliente.get(_endereco(item)))


def test_after_sending_nothing_can_be_explained(convenente: Convenente, cliente: Client) -> None:
    item = _de_outro(convenente)
    pedidos.enviar(item.solicitacao)
    _explicar(cliente, item)
    assert rascunho.explicacao(item) is None
