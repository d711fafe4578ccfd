"""An SMTP server of this machine that says to the portal what a test tells it to say."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from cagec.embutido.postgres import porta_livre


class Servidor:
    """Keeps what it accepted. ``recusados`` get ``recusa``; ``ao_receber`` runs before a mail is confirmed."""

    def __init__(self) -> None:
        self.recebidas: list[EmailMessage] = []
        self.recusados: set[str] = set()
        self.recusa = "550 Caixa inexistente"
        self.remetentes: list[str] = []
        self.sessoes: list[Any] = []
        self.ao_receber: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _servidor: Any, _sessao: Any, envelope: Any, para: str, _opcoes: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if para in self.recusados:
            return self.recusa
        envelope.rcpt_tos.append(para)
        return "250 OK"

    async def handle_DATA(self, _servidor: Any, sessao: Any, envelope: Any) -> str:  # noqa: N802 - as above
        from email import message_from_bytes, policy

        self.recebidas.append(message_from_bytes(envelope.content, policy=policy.default))
        self.remetentes.append(envelope.mail_from)
        self.sessoes.append(sessao.peer)
        self.ao_receber()
        return "250 OK"

    def para(self) -> list[str]:
        """List who received, in order of arrival."""
        return [str(m["To"]) for m in self.recebidas]


@pytest.fixture
def servidor(settings: Any) -> Iterator[Servidor]:
    servidor = Servidor()
    porta = porta_livre()
    controle = Controller(servidor, hostname="127.0.0.1", port=porta)
    controle.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = porta
    yield servidor
    controle.stop()


@pytest.fixture
def servidor_fora_do_ar(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = porta_livre()
