"""From the file to the certificate without anybody of the team: sent, examined by a real scanner, signed, approved."""

import pytest
from django.urls import reverse

from cagec.correio.models import Mensagem
from contas.fabricas import SENHA
from convenentes.models import Comprovacao, Convenente, Solicitacao
from documentos import fabricas
from tests.convenentes import certidoes, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _assinada(convenente: Convenente, texto: str | None = None) -> Solicitacao:
    """An update of one certificate, examined as the worker does and signed with the password on the page."""
    pedido = certidoes.anexado(convenente, texto)
    arquivo = certidoes.cnd(pedido).documento.arquivos.get()  # type: ignore[union-attr]
    fabricas.examinar(arquivo)
    cliente, endereco = (
        apoio.entrar(pedidos.representante_de(convenente)),
        reverse("solicitacao_assinar", args=[pedido.uuid]),
    )
    resumo = cliente.get(endereco).context["form"]["resumo_lido"].value()
    cliente.post(endereco, {"senha": SENHA, "resumo_lido": resumo})
    pedido.refresh_from_db()
    return pedido


@pytest.mark.usefixtures("clamd")
def test_a_signed_update_that_fits_in_everything_is_approved_at_once() -> None:
    certidoes.ligar()
    convenente = pedidos.ativo()
    pedido = _assinada(convenente)
    assert pedido.estado == Solicitacao.Estado.APROVADA
    assert Comprovacao.objects.filter(convenente=convenente, exigencia__codigo="cnd_federal").exists()
    assert Mensagem.objects.filter(tipo="convenentes.decisao").exists()


@pytest.mark.usefixtures("clamd")
def test_a_signed_update_that_leaves_a_doubt_waits_for_a_person() -> None:
    certidoes.ligar()
    pedido = _assinada(pedidos.ativo(), "Ata da assembleia")
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE
    assert not Comprovacao.objects.exists()


def test_without_a_scanner_nothing_is_approved_by_itself() -> None:
    certidoes.ligar()
    assert _assinada(pedidos.ativo()).estado == Solicitacao.Estado.EM_ANALISE
