"""The desk of a new representante legal: who is there today, who comes, and what was said against it."""

from uuid import uuid4

import pytest

from contas.fabricas import usuario
from convenentes import alteracao
from tests.convenentes import mandatos, pedidos
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db


def test_the_contestation_and_the_mandate_of_today_are_beside_the_decision() -> None:
    convenente = pedidos.ativo(usuario(nome_civil="Tito Titular"))
    solicitacao = mandatos.enviado(convenente, usuario(nome_civil="Nina Nova"))
    antigo = pedidos.representante_de(convenente)
    alteracao.contestar(solicitacao, antigo, "A assembleia foi anulada.", uuid4())
    cliente = cena.entrar(cena.analista())
    pagina = cena.texto(cliente.get(cena.mesa(solicitacao, pedidos.item_de(solicitacao, "representante"))))
    assert "A assembleia foi anulada." in pagina
    assert "<td>Tito Titular</td><td>Nina Nova</td>" in pagina
    assert "<td>Eleição</td>" in pagina
    assert "Confirmar a decisão" in pagina
