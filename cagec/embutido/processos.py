"""Child processes that never outlive their parent, and the privileges that PostgreSQL insists on."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
SEM_PRIVILEGIO = 65534


def iniciar(
    comando: Sequence[str],
    diario: Path,
    *,
    ambiente: Mapping[str, str] | None = None,
    ao_morrer_o_pai: signal.Signals = signal.SIGTERM,
    rebaixar: Callable[[], None] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, its output in ``diario``.

    The kernel sends it ``ao_morrer_o_pai`` when this process dies in any way, ``kill -9`` included.
    ``rebaixar`` runs in the child before the program, to give privileges up.
    """

    pai = os.getpid()

    def preparar() -> None:
        if rebaixar is not None:
            rebaixar()
        # After any change of credentials, which would clear it.
        _libc.prctl(_PR_SET_PDEATHSIG, int(ao_morrer_o_pai))
        if os.getppid() != pai:  # it died in between: nobody will send the signal
            os._exit(1)

    diario.parent.mkdir(parents=True, exist_ok=True)
    with diario.open("ab") as saida:
        return subprocess.Popen(
            comando,
            stdin=subprocess.DEVNULL,
            stdout=saida,
            stderr=subprocess.STDOUT,
            env=dict(ambiente) if ambiente is not None else None,
            start_new_session=True,
            preexec_fn=preparar,  # noqa: PLW1509 - there are no threads here, and prctl must run in the child
        )


def parar(
    processo: subprocess.Popen[bytes], sinal: signal.Signals = signal.SIGTERM, prazo: float = 5
) -> None:
    """Stop a child: ask with ``sinal``, and after ``prazo`` seconds kill."""
    if processo.poll() is not None:
        return
    processo.send_signal(sinal)
    try:
        processo.wait(prazo)
    except subprocess.TimeoutExpired:
        processo.kill()
        processo.wait()


def entrar_em_espaco_de_usuario() -> None:
    """Become an ordinary user inside a user namespace; outside, the files stay root's own."""
    if _libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER)")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{SEM_PRIVILEGIO} 0 1")
    Path("/proc/self/gid_map").write_text(f"{SEM_PRIVILEGIO} 0 1")


def virar_usuario_comum() -> None:
    """Give root up for good, where user namespaces are forbidden."""
    os.setgroups([])
    os.setgid(SEM_PRIVILEGIO)
    os.setuid(SEM_PRIVILEGIO)


def espacos_de_usuario_permitidos() -> bool:
    """Tell whether root may open a user namespace here (a container's profile may forbid it)."""
    try:
        subprocess.run(
            [sys.executable, "-S", "-c", ""],
            check=True,
            capture_output=True,
            preexec_fn=entrar_em_espaco_de_usuario,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True
