"""The citizen takes a request back, until somebody of the team takes it."""

import pytest

from contas.fabricas import usuario
from convenentes import analise, cancelamento, inscricao
from convenentes.cancelamento import NaoCancelavel, cancelar
from convenentes.models import Convenente, Solicitacao
from tests.convenentes import pedidos

pytestmark = pytest.mark.django_db


def test_a_draft_is_cancelled_once_however_often_one_clicks() -> None:
    pedido = pedidos.pronta()
    for _ in range(2):
        cancelar(pedido, pedido.criada_por)
    evento = pedido.eventos.get(tipo="cancelada")
    assert (evento.de, evento.para, evento.por) == ("rascunho", "cancelada", pedido.criada_por)


def test_an_inscription_that_nobody_took_yet_is_cancelled_and_frees_its_cnpj() -> None:
    pedido = pedidos.em_analise()
    cancelar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.CANCELADA
    assert pedido.convenente is not None
    assert pedido.natureza is not None
    assert pedido.convenente.estado == Convenente.Estado.CANCELADO
    inscricao.conferir_cnpj(pedido.cnpj, pedido.natureza)


def test_what_the_team_took_is_not_cancelled() -> None:
    pedido = pedidos.em_analise()
    analise.assumir(pedido, usuario(is_staff=True))
    with pytest.raises(NaoCancelavel, match="a análise já começou"):
        cancelar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE


@pytest.mark.parametrize(
    "estado", ["com_pendencia", "aprovada", "aprovada_parcialmente", "indeferida", "expirada"]
)
def test_what_is_decided_is_not_cancelled(estado: str) -> None:
    pedido = pedidos.em_analise()
    pedido.estado = estado
    assert not cancelamento.cancelavel(pedido)


def test_a_cancelled_update_leaves_the_record_active() -> None:
    registro = pedidos.ativo()
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    cancelar(pedido, pedido.criada_por)
    registro.refresh_from_db()
    assert registro.estado == Convenente.Estado.ATIVO
