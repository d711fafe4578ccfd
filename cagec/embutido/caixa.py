"""A real SMTP server that keeps every mail in a Maildir: mailbox of the embedded default and of the tests."""

import mailbox
import signal
import sys
import threading
from email.message import Message
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import Envelope, Session


class _Caixa(Mailbox):
    def prepare_message(self, session: Session, envelope: Envelope) -> Message:
        mensagem = super().prepare_message(session, envelope)
        # A folder under tmp/ that disappeared (a cleaned test) must not lose the next mail.
        for sub in ("tmp", "new", "cur"):
            (Path(self.mail_dir) / sub).mkdir(parents=True, exist_ok=True)
        return mensagem


def main() -> None:
    """Serve until SIGTERM: ``python -m cagec.embutido.caixa MAILDIR PORT``."""
    pasta, porta = Path(sys.argv[1]), int(sys.argv[2])
    mailbox.Maildir(pasta, create=True)
    servidor = Controller(_Caixa(pasta), hostname="127.0.0.1", port=porta)
    servidor.start()
    fim = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: fim.set())
    fim.wait()
    servidor.stop()


if __name__ == "__main__":
    main()
