"""A real IMAP server (Dovecot) on a port of this machine, run by an ordinary user, with one mailbox."""

import grp
import os
import pwd
import shutil
import signal
from pathlib import Path

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from tests.servicos import esperar_porta

USUARIO, SENHA = "retorno", "senha-de-teste"
_CONFIGURACAO = """
protocols = imap
listen = 127.0.0.1
base_dir = {pasta}/run
state_dir = {pasta}/run
log_path = {pasta}/dovecot.log
default_internal_user = {nome}
default_internal_group = {grupo}
default_login_user = {nome}
first_valid_uid = 1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{pasta}/correio
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = static
  args = password={senha}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={pasta}/casa
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {porta}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class ServidorImap:
    """Dovecot in the foreground. Root gives its privileges up first: no mailbox may be root's."""

    def __init__(self, pasta: Path) -> None:
        self.porta = porta_livre()
        uid = processos.SEM_PRIVILEGIO if os.getuid() == 0 else os.getuid()
        gid = processos.SEM_PRIVILEGIO if os.getuid() == 0 else os.getgid()
        pasta.mkdir()
        if os.getuid() == 0:
            os.chown(pasta, uid, gid)
        arquivo = pasta / "dovecot.conf"
        valores = {"pasta": pasta, "senha": SENHA, "porta": self.porta, "uid": uid, "gid": gid}
        nomes = {"nome": pwd.getpwuid(uid).pw_name, "grupo": grp.getgrgid(gid).gr_name}
        arquivo.write_text(_CONFIGURACAO.format(**valores, **nomes))
        dovecot = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        assert dovecot, "Dovecot is missing: make test installs it."
        self._processo = processos.iniciar(
            [dovecot, "-F", "-c", str(arquivo)],
            pasta.with_suffix(".log"),
            rebaixar=processos.virar_usuario_comum if os.getuid() == 0 else None,
        )
        esperar_porta(self.porta)

    def parar(self) -> None:
        processos.parar(self._processo, signal.SIGTERM)
