"""A request that waited while a norm came into force follows the obligations of today."""

from uuid import uuid4

import pytest

from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import analise, assinaturas, atualizacao, fabricas, itens, rascunho
from convenentes.assinaturas import Incompleta
from convenentes.models import ItemSolicitacao, Solicitacao
from convenentes.rascunho import NaoEditavel
from documentos.fabricas import arquivo_do_tipo
from documentos.models import Alternativa, Exigencia, Norma, TipoConvenente, TipoDocumento
from documentos.normas import alterar, publicar
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db
Estado = ItemSolicitacao.Estado


def _norma() -> Norma:
    return Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=hoje())


def _nova_exigencia(norma: Norma) -> Exigencia:
    nova = Exigencia.objects.create(
        norma=norma, codigo="plano_novo", nome="Plano novo", grupo=1, escopo="convenente", ordem=1
    )
    nova.tipos.add(TipoConvenente.objects.get(slug="uniao"))
    Alternativa.objects.create(exigencia=nova, tipo_documento=TipoDocumento.objects.get(codigo="cndt"))
    return nova


def _versao_nova(codigo: str, *documentos: str, **campos: object) -> Exigencia:
    """Publish a new version of the line, proved by these kinds of document, or by the same ones."""
    norma = _norma()
    nova = alterar(norma, Exigencia.objects.get(codigo=codigo))
    Exigencia.objects.filter(pk=nova.pk).update(**campos)
    if documentos:
        nova.alternativas.all().delete()
        for ordem, documento in enumerate(documentos):
            tipo = TipoDocumento.objects.get(codigo=documento)
            Alternativa.objects.create(exigencia=nova, tipo_documento=tipo, ordem=ordem)
    publicar(norma)
    return nova


def _revogar(codigo: str) -> None:
    norma = _norma()
    norma.revoga.add(Exigencia.objects.get(codigo=codigo))
    publicar(norma)


def test_nothing_changes_while_the_catalogue_does_not() -> None:
    pedido = pedidos.pronta("uniao")
    antes = list(pedido.itens.values())
    itens.acompanhar_catalogo(pedido)
    assert list(pedido.itens.values()) == antes


def test_a_new_obligation_holds_the_signature_back_and_has_its_item_to_fill_in() -> None:
    pedido = pedidos.pronta("uniao")
    norma = _norma()
    _nova_exigencia(norma)
    publicar(norma)
    with pytest.raises(Incompleta, match=r"Envie: Plano novo\."):
        assinaturas.encaminhar(pedido, pedido.criada_por)
    assert item_de(pedido, "plano_novo").estado == Estado.A_PREENCHER
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.RASCUNHO


def test_signing_follows_the_catalogue_too() -> None:
    pedido = pedidos.pronta("uniao")
    norma = _norma()
    _nova_exigencia(norma)
    publicar(norma)
    with pytest.raises(Incompleta, match="Plano novo"):
        fabricas.assinar(pedido, usuario())
    assert item_de(pedido, "plano_novo")


def test_what_was_attached_stays_under_the_new_version_that_accepts_it() -> None:
    pedido = pedidos.pronta("uniao")
    antes = item_de(pedido, "cnpj")
    nova = _versao_nova("cnpj", nome="Comprovante do CNPJ")
    itens.acompanhar_catalogo(pedido)
    depois = item_de(pedido, "cnpj")
    assert (depois.pk, depois.exigencia, depois.documento, depois.estado) == (
        antes.pk,
        nova,
        antes.documento,
        Estado.PREENCHIDO,
    )


def test_what_the_new_version_does_not_accept_is_asked_for_again() -> None:
    pedido = pedidos.pronta("uniao")
    _versao_nova("cnpj", "cndt")
    itens.acompanhar_catalogo(pedido)
    item = item_de(pedido, "cnpj")
    assert item.tipo_documento is not None
    assert (item.tipo_documento.codigo, item.documento, item.estado) == ("cndt", None, Estado.A_PREENCHER)


def test_an_answer_no_falls_when_the_new_version_asks_no_more() -> None:
    pedido = pedidos.pronta("uniao")
    pedido.itens.filter(exigencia__codigo="rl_procuracao").update(estado=Estado.NAO_SE_APLICA)
    _versao_nova("rl_procuracao", condicao="sempre")
    itens.acompanhar_catalogo(pedido)
    assert item_de(pedido, "rl_procuracao").estado == Estado.A_PREENCHER


def test_an_obligation_that_ended_leaves_the_request() -> None:
    pedido = pedidos.pronta("uniao")
    _revogar("cnpj")
    itens.acompanhar_catalogo(pedido)
    assert not pedido.itens.filter(exigencia__codigo="cnpj").exists()


def test_a_refused_item_whose_obligation_ended_asks_for_nothing_more() -> None:
    pedido, analista = pedidos.em_analise(), usuario(is_staff=True)
    pedidos.julgar(pedido, analista, "cnpj")
    pedido = analise.devolver(pedido, analista)
    _revogar("cnpj")
    itens.acompanhar_catalogo(pedido)
    assert item_de(pedido, "cnpj").estado == Estado.NAO_SE_APLICA
    assert not [f for f in itens.o_que_falta(pedido) if "Corrija" in f.texto]


def test_what_the_team_is_judging_stays_as_it_was_sent() -> None:
    pedido = pedidos.em_analise()
    antes = list(pedido.itens.values())
    _versao_nova("cnpj", "cndt")
    itens.acompanhar_catalogo(pedido)
    assert list(pedido.itens.values()) == antes


def test_an_update_changes_version_but_is_not_asked_for_more() -> None:
    pedido = pedidos.atualizacao_de(pedidos.ativo(), "cndt")
    nova = _versao_nova("cndt", nome="Certidão nova")
    incluido = atualizacao.incluir_exigencia_no_pedido(pedido, nova)
    assert incluido == item_de(pedido, "cndt")
    assert pedido.itens.count() == 2


def test_a_file_for_an_obligation_that_ended_is_not_taken() -> None:
    pedido = fabricas.rascunho_de("uniao")
    item = item_de(pedido, "cnpj")
    assert item.tipo_documento is not None
    _revogar("cnpj")
    with pytest.raises(NaoEditavel):
        rascunho.anexar_documento(
            item, [arquivo_do_tipo(item.tipo_documento, "x")], pedido.criada_por, chave_envio=uuid4()
        )
    assert not pedido.itens.filter(pk=item.pk).exists()
