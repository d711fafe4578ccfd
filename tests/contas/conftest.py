"""The mail of a person, really delivered, and the link in it."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest

Caixa = Callable[[str], list[EmailMessage]]


@pytest.fixture
def correio(caixa_postal: Caixa) -> Caixa:
    """Deliver what is queued and return the mails of an address, oldest first."""
    from cagec.correio.entrega import varrer

    def de(endereco: str) -> list[EmailMessage]:
        varrer()
        return sorted(caixa_postal(endereco), key=lambda m: int(m["X-CAGEC-Mensagem"]))

    return de


@pytest.fixture
def link_de(correio: Caixa) -> Callable[[str], str]:
    """Return the address of the link in the last mail of somebody."""

    def link(endereco: str) -> str:
        corpo = correio(endereco)[-1].get_body(("plain",))
        assert corpo is not None
        achado = re.search(r"http://testserver(/definir-senha/\S+)", corpo.get_content())
        assert achado is not None
        return achado[1]

    return link
