"""The whole portal in one command: ``python -m cagec.embutido``.

postgres → valkey → mailbox → migrate → web and worker. Ctrl-C stops everything; the kernel does it when
this process is killed (see ``processos``).
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from cagec.embutido import postgres, processos, valkey
from cagec.embutido.postgres import porta_livre

RAIZ = Path(__file__).resolve().parent.parent.parent
_CODIGO = ("cagec", "contas", "documentos", "convenentes", "atendimento", "static")
_FINAIS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Portal:
    """The running processes, in the order in which they started."""

    def __init__(self, dados: Path, host: str, porta: int) -> None:
        self.dados, self.host, self.porta = dados, host, porta
        self.diarios = dados / "diarios"
        self.banco: postgres.Postgres | None = None
        self.fila: valkey.Valkey | None = None
        self.filhos: list[subprocess.Popen[bytes]] = []
        self.ambiente: dict[str, str] = {}

    @property
    def endereco(self) -> str:
        visivel = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - a comparison
        return f"http://[{visivel}]:{self.porta}" if ":" in visivel else f"http://{visivel}:{self.porta}"

    def subir(self) -> None:
        """Start everything and return when the web server answers."""
        self.banco = postgres.iniciar(self.dados / "postgres", self.diarios / "postgres.log")
        self.fila = valkey.iniciar(self.dados / "valkey", self.diarios / "valkey.log")
        self._preparar_ambiente()
        caixa = [sys.executable, "-m", "cagec.embutido.caixa", str(self.dados / "caixa-postal")]
        self._iniciar("correio", [*caixa, self.ambiente["EMAIL_PORT"]])
        self._preparar_banco()
        ouvir = f"[{self.host}]:{self.porta}" if ":" in self.host else f"{self.host}:{self.porta}"
        web = ["-m", "gunicorn", "cagec.wsgi", "--preload", "--bind", ouvir, "--worker-class", "gthread"]
        self._iniciar("web", [sys.executable, *web, "--workers", "2", "--threads", "8"])
        self._esperar_web()
        fila = ["-m", "celery", "-A", "cagec", "worker", "-B", "-s", str(self.dados / "agenda"), "-c", "2"]
        prazo = {"CAGEC_STATEMENT_TIMEOUT_MS": "300000"}
        self._iniciar("trabalhos", [sys.executable, *fila, "--loglevel", "WARNING"], **prazo)

    def demonstrar(self) -> None:
        """Load the demonstration beside the running portal; it does nothing when it is there already."""
        self._iniciar("demonstracao", [sys.executable, "manage.py", "demonstracao"])

    def vigiar(self) -> None:
        """Wait until one of the processes that must live ends."""
        while all(f.poll() is None for f in self.filhos[:3]):
            time.sleep(0.5)
        raise RuntimeError(f"Um dos processos parou. Veja os diários em {self.diarios}.")

    def parar(self) -> None:
        """Stop everything, all at once first, so that it takes as long as the slowest."""
        for filho in self.filhos:
            if filho.poll() is None:
                filho.terminate()
        for filho in reversed(self.filhos):
            processos.parar(filho)
        if self.fila:
            self.fila.parar()
        if self.banco:
            self.banco.parar()

    def _preparar_ambiente(self) -> None:
        assert self.banco is not None and self.fila is not None
        self.ambiente = {
            **os.environ,
            "CAGEC_AMBIENTE": os.environ.get("CAGEC_AMBIENTE", "embutido"),
            "CAGEC_SECRET_KEY": self._chave_secreta(),
            "CAGEC_DADOS": str(self.dados),
            "CAGEC_ENDERECO": os.environ.get("CAGEC_ENDERECO", self.endereco),
            "CAGEC_HOSTS": os.environ.get("CAGEC_HOSTS", f"localhost,127.0.0.1,[::1],{self.host}"),
            "CAGEC_CAIXA_POSTAL": str(self.dados / "caixa-postal"),
            "DATABASE_URL": self.banco.url("cagec_app"),
            "DATABASE_URL_DONO": self.banco.url("cagec_dono"),
            "VALKEY_URL": self.fila.url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(porta_livre()),
            "PYTHONUNBUFFERED": "1",
        }
        ambiente = self.dados / "ambiente"
        ambiente.touch(mode=0o600)
        prefixos = ("CAGEC_", "DATABASE", "VALKEY", "EMAIL")
        proprias = {k: v for k, v in self.ambiente.items() if k.startswith(prefixos)}
        ambiente.write_text("".join(f"export {k}='{v}'\n" for k, v in proprias.items()))

    def _preparar_banco(self) -> None:
        """Migrate and load, unless this version of the portal did so on this database before."""
        marca, versao = self.dados / "preparado", self._versao()
        if marca.exists() and marca.read_text() == versao:
            return
        self.gerenciar("preparar", CAGEC_PAPEL="dono")
        marca.write_text(versao)

    def _versao(self) -> str:
        """Name what is installed and the database that it runs on: a new one has new passwords."""
        arquivos = [RAIZ / "requirements" / "embutido.txt", RAIZ / "pyproject.toml"]
        for pasta in _CODIGO:
            arquivos += sorted(p for p in (RAIZ / pasta).rglob("*") if p.suffix != ".pyc" and p.is_file())
        estados = [f"{p} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in arquivos]
        return hashlib.sha256(
            "\n".join([self.ambiente["DATABASE_URL"].split("@")[0], *estados]).encode()
        ).hexdigest()

    def _chave_secreta(self) -> str:
        guarda = self.dados / "chave-secreta"
        if not guarda.exists():
            guarda.touch(mode=0o600)
            guarda.write_text(secrets.token_urlsafe(50))
        return guarda.read_text()

    def _iniciar(self, nome: str, comando: list[str], **ambiente: str) -> None:
        os.chdir(RAIZ)
        diario = self.diarios / f"{nome}.log"
        self.filhos.append(processos.iniciar(comando, diario, ambiente={**self.ambiente, **ambiente}))

    def gerenciar(self, *comando: str, **ambiente: str) -> None:
        """Run a management command to its end."""
        subprocess.run(
            [sys.executable, "manage.py", *comando], check=True, cwd=RAIZ, env={**self.ambiente, **ambiente}
        )

    def _esperar_web(self, prazo: float = 60) -> None:
        fim = time.monotonic() + prazo
        while time.monotonic() < fim:
            with suppress(OSError), urllib.request.urlopen(f"{self.endereco}/saude/", timeout=5):  # noqa: S310 - our own address
                return
            time.sleep(0.05)
        raise RuntimeError(f"O portal não respondeu. Veja {self.diarios / 'web.log'}.")


def _exigir_porta(host: str, porta: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, porta))
        except OSError as erro:
            raise SystemExit(
                f"A porta {porta} já está em uso em {host}. Use outra, por exemplo: PORT={porta + 1} make run"
            ) from erro


def main() -> None:
    """Run until Ctrl-C or SIGTERM."""
    host, porta = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    _exigir_porta(host, porta)
    dados = Path(os.environ.get("CAGEC_DADOS", RAIZ / "dados")).resolve()
    dados.mkdir(parents=True, exist_ok=True)
    portal = Portal(dados, host, porta)
    # Also where the parent ignores SIGINT (a job in the background) and when the terminal closes.
    for sinal in _FINAIS:
        signal.signal(sinal, signal.default_int_handler)
    try:
        portal.subir()
        print(f"\nCAGEC no ar:   {portal.endereco}/", flush=True)
        print(f"Caixa postal:  {portal.endereco}/caixa-postal/", flush=True)
        if os.environ.get("DEMO", "1") != "0":
            portal.gerenciar("demonstracao", "--logins")  # first: two at once would create the same persons
            portal.demonstrar()
        print("Ctrl-C encerra tudo.", flush=True)
        portal.vigiar()
    except KeyboardInterrupt:
        print("\nEncerrando…", flush=True)
    except RuntimeError as erro:
        raise SystemExit(str(erro)) from erro
    finally:
        for sinal in _FINAIS:  # a second Ctrl-C must not leave half of it running
            signal.signal(sinal, signal.SIG_IGN)
        portal.parar()


if __name__ == "__main__":
    main()
