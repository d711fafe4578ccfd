"""A real IMAP server (Dovecot) on a port of this machine, run by an ordinary user, with one mailbox."""

import grp
import os
import pwd
import shutil
import signal
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

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
ssl = yes
ssl_cert = <{pasta}/certificado.pem
ssl_key = <{pasta}/chave.pem
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
    port = {porta_tls}
  }}
}}
"""


class ServidorImap:
    """Dovecot in the foreground. Root gives its privileges up first: no mailbox may be root's."""

    def __init__(self, pasta: Path) -> None:
        self._pasta = pasta
        self.porta, self.porta_tls = porta_livre(), porta_livre()
        self.certificado = pasta / "certificado.pem"
        uid = processos.SEM_PRIVILEGIO if os.getuid() == 0 else os.getuid()
        gid = processos.SEM_PRIVILEGIO if os.getuid() == 0 else os.getgid()
        shutil.rmtree(pasta, ignore_errors=True)  # of the module before
        pasta.mkdir()
        _certificar(self.certificado, pasta / "chave.pem")
        valores = {"pasta": pasta, "senha": SENHA, "porta": self.porta, "porta_tls": self.porta_tls}
        nomes = {
            "nome": pwd.getpwuid(uid).pw_name,
            "grupo": grp.getgrgid(gid).gr_name,
            "uid": uid,
            "gid": gid,
        }
        self._configuracao = pasta / "dovecot.conf"
        self._configuracao.write_text(_CONFIGURACAO.format(**valores, **nomes))
        if os.getuid() == 0:
            for caminho in (pasta, *pasta.iterdir()):
                os.chown(caminho, uid, gid)
        self.subir()

    def subir(self) -> None:
        """Start it, the first time or again: the mailbox stays."""
        dovecot = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        assert dovecot, "Dovecot is missing: make test installs it."
        self._processo = processos.iniciar(
            [dovecot, "-F", "-c", str(self._configuracao)],
            self._pasta.with_suffix(".log"),
            rebaixar=processos.virar_usuario_comum if os.getuid() == 0 else None,
        )
        esperar_porta(self.porta)

    def parar(self) -> None:
        processos.parar(self._processo, signal.SIGTERM)

    def matar(self) -> None:
        """Kill it and whoever it serves."""
        os.killpg(self._processo.pid, signal.SIGKILL)
        self._processo.wait()


def _certificar(certificado: Path, chave: Path) -> None:
    """Write a certificate of this machine that signs itself, and its key."""
    privada = ec.generate_private_key(ec.SECP256R1())
    nome = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    agora = timezone.now()
    assinado = (
        x509.CertificateBuilder(nome, nome, privada.public_key(), x509.random_serial_number())
        .not_valid_before(agora - timedelta(days=1))
        .not_valid_after(agora + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(privada, hashes.SHA256())
    )
    certificado.write_bytes(assinado.public_bytes(serialization.Encoding.PEM))
    chave.write_bytes(
        privada.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
