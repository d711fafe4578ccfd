"""The person sees what the portal read in the certificate as soon as it was examined."""

import pytest
from django.urls import reverse

from convenentes.models import Convenente
from tests.convenentes import certidoes, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _pagina(convenente: Convenente, texto: str | None = None) -> str:
    item = certidoes.cnd(certidoes.pedido(convenente, texto))
    endereco = reverse("solicitacao_documento", args=[item.solicitacao.uuid, item.uuid])
    return apoio.texto(apoio.entrar(pedidos.representante_de(convenente)).get(endereco))


def test_the_certificate_that_serves_is_read_back() -> None:
    pagina = _pagina(pedidos.ativo())
    assert "Negativa (regular)" in pagina
    assert "AB12.34CD.56EF.7890" in pagina
    assert "Envie outro arquivo abaixo." not in pagina


def test_the_certificate_that_does_not_serve_may_be_sent_all_the_same() -> None:
    pagina = _pagina(pedidos.ativo(), certidoes.texto_da_cnd(pedidos.ativo()))
    assert "O CNPJ da certidão não é o desta organização." in pagina
    assert "pode enviar a solicitação assim mesmo" in pagina


def test_a_paper_that_is_not_recognised_is_left_to_a_person() -> None:
    assert "O portal não reconheceu a certidão no texto" in _pagina(pedidos.ativo(), "Ata da assembleia")
