"""What the tests of the help desk share."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest


@pytest.fixture
def correio(caixa_postal: Callable[[str], list[EmailMessage]]) -> Callable[[str], list[EmailMessage]]:
    """Deliver what waits, and list the mails of an address, oldest first."""
    from cagec.correio.entrega import varrer

    def recebidas(para: str) -> list[EmailMessage]:
        varrer()
        return sorted(caixa_postal(para), key=lambda m: int(str(m["X-CAGEC-Mensagem"])))

    return recebidas


@pytest.fixture
def atendente(db: None) -> Any:
    """Somebody of the team."""
    from contas import grupos
    from contas.fabricas import usuario

    grupos.sincronizar()
    pessoa = usuario(is_staff=True)
    grupos.incluir_na_equipe(pessoa)
    return pessoa
