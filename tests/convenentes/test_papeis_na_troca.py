"""An update that one representante legal signed and that is decided when another represents."""

import pytest

from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, eventos, identidade, situacao
from convenentes.models import Convenente, Solicitacao
from tests.convenentes import mandatos, pedidos

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    return usuario(is_staff=True)


def _assinada(convenente: Convenente, *codigos: str) -> Solicitacao:
    """An update that who represents the convenente today has just signed."""
    pessoa = pedidos.representante_de(convenente)
    pedido = pedidos.enviar(pedidos.atualizacao_de(convenente, *codigos))
    identidade.recolher(pedido, pessoa)
    eventos.registrar(pedido, "enviada", pessoa)
    return pedido


def _estado(convenente: Convenente, codigo: str) -> str:
    return next(x.estado for x in situacao.linhas(hoje(), [convenente.pk]) if x.codigo == codigo)


def test_papers_of_the_former_prove_nothing_in_the_mandate_of_the_next(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    antigo = convenente.vinculos.get()
    pedido = _assinada(convenente, "rl_identidade", "rl_endereco", "rl_posse")
    nova = usuario()
    da_nova = pedidos.ativo(nova)
    mandatos.aprovado(convenente, analista, nova)
    aceitos_da_nova = {c.documento for c in convenente.comprovacoes.exclude(mandato=antigo)}

    pedidos.julgar(pedido, analista)
    analise.aprovar(pedido, analista)

    aceitos = [pedidos.item_de(pedido, c).documento for c in ("rl_identidade", "rl_endereco", "rl_posse")]
    assert {c.mandato for c in convenente.comprovacoes.filter(documento__in=aceitos)} == {antigo}
    assert {c.documento for c in da_nova.comprovacoes.all()} <= aceitos_da_nova


def test_a_paper_of_the_organisation_signed_by_the_former_still_counts(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    pedido = _assinada(convenente, "cnpj")
    mandatos.aprovado(convenente, analista)
    pedidos.julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    assert _estado(convenente, "cnpj") == "vigente"


def test_who_takes_over_a_draft_sends_the_own_papers(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    rascunho = pedidos.atualizacao_de(convenente, "rl_identidade", "cnpj")
    mandatos.aprovado(convenente, analista)
    assert pedidos.item_de(rascunho, "rl_identidade").documento is None
    assert pedidos.item_de(rascunho, "cnpj").documento is not None


def test_who_is_re_elected_keeps_the_papers_of_the_draft(analista: Usuario) -> None:
    convenente = pedidos.ativo()
    rascunho = pedidos.atualizacao_de(convenente, "rl_identidade")
    mandatos.aprovado(convenente, analista, pedidos.representante_de(convenente), motivo="reeleicao")
    assert pedidos.item_de(rascunho, "rl_identidade").documento is not None


def test_returned_after_the_hand_over_it_asks_the_next_for_the_own_papers(analista: Usuario) -> None:
    convenente, nova = pedidos.ativo(), usuario()
    pedido = _assinada(convenente, "rl_identidade", "cnpj")
    mandatos.aprovado(convenente, analista, nova)
    pedidos.julgar(pedido, analista, "cnpj")
    devolvido = analise.devolver(pedido, analista)
    item = pedidos.item_de(devolvido, "rl_identidade")
    assert (item.estado, item.documento) == ("a_preencher", None)
    assert identidade.titular(devolvido) == nova
