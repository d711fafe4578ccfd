"""The embedded stack: it starts in every situation of a bare machine, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from cagec.embutido import postgres, processos, valkey
from tests.servicos import RAIZ


def _vivos(pasta: Path) -> list[str]:
    """List the living processes whose command line names ``pasta``."""
    comandos = []
    for processo in Path("/proc").iterdir():
        if processo.name.isdigit() and int(processo.name) != os.getpid():
            try:
                comando = (processo / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # it ended meanwhile
                continue
            if str(pasta) in comando:
                comandos.append(comando)
    return comandos


def _ate(condicao: Callable[[], bool], prazo: float = 10) -> bool:
    fim = time.monotonic() + prazo
    while time.monotonic() < fim:
        if condicao():
            return True
        time.sleep(0.05)
    return False


def _abrir_e_fechar(pasta: Path, duas_vezes: bool = True) -> None:
    for _ in range(2 if duas_vezes else 1):
        servidor = postgres.iniciar(pasta / "postgres", pasta / "postgres.log", duravel=False)
        try:
            with psycopg.connect(servidor.url("cagec_app")) as conexao:
                assert conexao.info.server_version >= 180000
        finally:
            servidor.parar()


def test_postgres_starts_and_starts_again_on_the_same_data(tmp_path: Path) -> None:
    _abrir_e_fechar(tmp_path)
    assert _vivos(tmp_path) == []


def test_postgres_starts_where_user_namespaces_are_forbidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAGEC_SEM_ESPACO_DE_USUARIO", "1")
    _abrir_e_fechar(tmp_path)
    assert _vivos(tmp_path) == []


def test_postgres_starts_for_an_ordinary_user(tmp_path: Path) -> None:
    codigo = (
        "from pathlib import Path; from tests.casa.test_embutido import _abrir_e_fechar; import os, sys\n"
        "assert os.getuid() != 0\n_abrir_e_fechar(Path(sys.argv[1]), False)"
    )
    # For root, the inside of a user namespace is what an ordinary user sees.
    virar = processos.entrar_em_espaco_de_usuario if os.getuid() == 0 else None
    subprocess.run([sys.executable, "-c", codigo, str(tmp_path)], check=True, cwd=RAIZ, preexec_fn=virar)
    assert _vivos(tmp_path) == []


def test_nothing_outlives_a_parent_killed_without_warning(tmp_path: Path) -> None:
    codigo = (
        "from pathlib import Path; import sys, time; from cagec.embutido import postgres, valkey\n"
        "p = Path(sys.argv[1]); postgres.iniciar(p / 'pg', p / 'pg.log', duravel=False)\n"
        "valkey.iniciar(p / 'vk', p / 'vk.log'); print('pronto', flush=True); time.sleep(60)"
    )
    comando = [sys.executable, "-c", codigo, str(tmp_path)]
    with subprocess.Popen(comando, cwd=RAIZ, stdout=subprocess.PIPE) as pai:
        assert pai.stdout is not None
        assert pai.stdout.readline() == b"pronto\n"
        pai.kill()
    assert _ate(lambda: _vivos(tmp_path) == []), _vivos(tmp_path)


def test_valkey_keeps_what_was_queued(tmp_path: Path) -> None:
    import redis

    for esperado in (None, b"fila"):
        servidor = valkey.iniciar(tmp_path / "valkey", tmp_path / "valkey.log")
        with redis.Redis.from_url(servidor.url) as cliente:
            assert cliente.get("trabalho") == esperado
            cliente.set("trabalho", "fila")
        servidor.parar()


def _portal(pasta: Path, porta: int) -> "subprocess.Popen[str]":
    ambiente = {k: v for k, v in os.environ.items() if not k.startswith(("CAGEC_", "DATABASE_", "DJANGO_"))}
    ambiente |= {"CAGEC_AMBIENTE": "testes", "CAGEC_DADOS": str(pasta), "DEMO": "0", "PORT": str(porta)}
    return subprocess.Popen(
        [sys.executable, "-m", "cagec.embutido"],
        cwd=RAIZ,
        env=ambiente,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as ocupada:
        ocupada.bind(("127.0.0.1", 0))
        ocupada.listen()
        porta = ocupada.getsockname()[1]
        portal = _portal(tmp_path / "dados", porta)
        saida, _ = portal.communicate(timeout=20)
    assert portal.returncode == 1
    assert f"A porta {porta} já está em uso" in saida
    assert f"PORT={porta + 1} make run" in saida
    assert not (tmp_path / "dados").exists()


def test_the_whole_portal_stops_starts_again_and_leaves_nothing_behind(tmp_path: Path) -> None:
    for sinal in (signal.SIGINT, signal.SIGKILL):
        _subir_e_derrubar(tmp_path, sinal)


def _subir_e_derrubar(tmp_path: Path, sinal: signal.Signals) -> None:
    porta = postgres.porta_livre()
    portal = _portal(tmp_path, porta)
    assert portal.stdout is not None
    linhas = []
    for linha in portal.stdout:
        linhas.append(linha)
        if "Ctrl-C" in linha:
            break
    assert f"http://127.0.0.1:{porta}/" in "".join(linhas)
    # The web server's own command line names no folder, so its port stands for it.
    assert len(_vivos(tmp_path)) >= 3
    portal.send_signal(sinal)
    portal.wait(20)
    portal.stdout.close()
    assert _ate(lambda: _vivos(tmp_path) == [] and not _ocupada(porta), 15), _vivos(tmp_path)


def _ocupada(porta: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", porta)) == 0
