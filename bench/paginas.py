"""How long the pages that everybody opens take, on the demo, over HTTP, one at a time.

It starts the embedded stack on a folder of its own, kept between runs so that the demo is loaded once, and
prints median and 95th percentile in milliseconds.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre

RAIZ = Path(__file__).resolve().parent.parent
PAGINAS = ("/saude/", "/", "/consulta/", "/consulta/?q=associacao", "/entrar/", "/novo-usuario/", "/contato/")
VEZES = 200


def medir() -> None:
    """Measure each page of ``PAGINAS``. Raises SystemExit when the stack does not start."""
    dados = Path(os.environ.get("BENCH_DADOS", Path(tempfile.gettempdir()) / "cagec-bench"))
    endereco = f"http://127.0.0.1:{porta_livre()}"
    ambiente = {**os.environ, "CAGEC_DADOS": str(dados), "PORT": endereco.rsplit(":", 1)[1], "DEMO": "1"}
    comando = [sys.executable, "-m", "cagec.embutido"]
    portal = processos.iniciar(comando, dados / "portal.log", ambiente=ambiente)
    try:
        _esperar_demonstracao(portal, dados)
        print(f"{'página':<28} {'mediana':>9} {'p95':>9}   ms, {VEZES} pedidos")
        for pagina in PAGINAS:
            tempos = sorted(_medir(endereco + pagina) for _ in range(VEZES))
            print(f"{pagina:<28} {statistics.median(tempos):9.1f} {tempos[int(VEZES * 0.95)]:9.1f}")
    finally:
        processos.parar(portal, prazo=20)


def _esperar_demonstracao(portal: subprocess.Popen[bytes], dados: Path, prazo: float = 600) -> None:
    """Wait until the portal is up and the process that loads its demo has ended."""
    fim = time.monotonic() + prazo
    while time.monotonic() < fim and portal.poll() is None:
        diario = dados / "diarios" / "demonstracao.log"
        pronto = "Ctrl-C" in (dados / "portal.log").read_text().rsplit("CAGEC no ar", 1)[-1]
        if pronto and diario.exists() and not _rodando("demonstracao"):
            return
        time.sleep(0.5)
    raise SystemExit(f"O portal não ficou pronto. Veja {dados / 'portal.log'}.")


def _rodando(comando: str) -> bool:
    """Tell whether a management command of this project is at work."""
    for processo in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if processo.read_bytes().rstrip(b"\0").endswith(f"manage.py\0{comando}".encode()):
                return True
    return False


def _medir(endereco: str) -> float:
    inicio = time.perf_counter()
    with urllib.request.urlopen(endereco, timeout=30) as resposta:
        resposta.read()
    return (time.perf_counter() - inicio) * 1000
