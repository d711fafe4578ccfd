"""Invitations that leave while things die: nobody is forgotten, nobody is mailed twice without its being counted."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from cagec.correio.entrega import varrer
from cagec.correio.models import Mensagem
from cagec.embutido.postgres import porta_livre
from cagec.tempo import hoje
from contas.fabricas import cpf_ficticio
from contas.models import Usuario
from convenentes.legado import convites
from convenentes.legado.convites import Selecao
from convenentes.models import PapelVinculo, Vinculo
from tests.convenentes import mundo
from tests.convenentes.legado.banco import banco_proprio
from tests.correio.conftest import Servidor
from tests.servicos import RAIZ

pytestmark = pytest.mark.django_db(transaction=True)
POR_MORTE = 12  # mails, about
_VARRER = "from cagec.correio.entrega import varrer; varrer(segundos=60)"


@pytest.fixture(autouse=True)
def _porta(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The port of the mail server, for this process and for the senders."""
    settings.EMAIL_PORT = porta_livre()
    monkeypatch.setenv("EMAIL_PORT", str(settings.EMAIL_PORT))


@pytest.fixture
def servidor(settings) -> Iterator[Servidor]:
    servidor = Servidor()
    controle = Controller(servidor, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controle.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield servidor
    controle.stop()


def _convidar(quantas: int) -> list[str]:
    """Invite so many persons of the legacy registry, all due now; return their addresses."""
    convenente = mundo.convenente()
    pessoas = Usuario.objects.bulk_create(
        Usuario(cpf=cpf_ficticio(n), nome_civil=f"Pessoa {n}", email=f"p{n}@example.org", password="!")
        for n in range(1, quantas + 1)
    )
    Vinculo.objects.bulk_create(
        Vinculo(usuario=pessoa, convenente=convenente, papel=PapelVinculo.RESPONSAVEL, periodo=(hoje(), None))
        for pessoa in pessoas
    )
    convites.convidar(Selecao(), hoje(), por_hora=3_600_000, limite=100)
    _vencer_emprestimos()
    return [pessoa.email for pessoa in pessoas]


def _vencer_emprestimos() -> None:
    """As if minutes had passed: what a dead process had borrowed is due again, and what had to wait."""
    Mensagem.objects.filter(estado=Mensagem.Estado.NA_FILA).update(proxima_tentativa=timezone.now())


def _remetente() -> "subprocess.Popen[bytes]":
    comando = [sys.executable, "manage.py", "shell", "--no-imports", "-c", _VARRER]
    return subprocess.Popen(comando, cwd=RAIZ, env=dict(os.environ), stderr=subprocess.DEVNULL)


def _matar_no_meio(servidor: Servidor) -> None:
    """Start a sender and kill it after some mails, at any moment of the next one."""
    ja = len(servidor.recebidas)
    alvo, espera = ja + random.randrange(1, 2 * POR_MORTE), random.uniform(0, 0.012)
    with _remetente() as processo:

        def ao_receber() -> None:
            if len(servidor.recebidas) == alvo:
                Timer(espera, processo.kill).start()

        servidor.ao_receber = ao_receber
        processo.wait(60)
    servidor.ao_receber = lambda: None
    _vencer_emprestimos()


def _morrer(servidor: Servidor, mortes: int) -> None:
    esperados = _convidar(mortes * POR_MORTE + 20)
    for _ in range(mortes):
        _matar_no_meio(servidor)
    while varrer():
        pass
    chegadas = Counter(servidor.para())
    assert sorted(chegadas) == sorted(esperados), "somebody was forgotten"
    repetidas = {para: vezes - 1 for para, vezes in chegadas.items() if vezes > 1}
    contadas = dict(
        Mensagem.objects.filter(repeticoes__gt=0).values_list("para", "repeticoes").order_by("para")
    )
    assert all(vezes <= contadas.get(para, 0) for para, vezes in repetidas.items()), "an uncounted repetition"
    assert sum(contadas.values()) <= mortes, "more than the one mail in flight"
    assert set(Mensagem.objects.values_list("estado", flat=True)) == {Mensagem.Estado.ENVIADA}


def test_senders_killed_at_random_forget_nobody_and_count_what_may_have_left_twice(
    servidor: Servidor,
) -> None:
    _morrer(servidor, 4)


@pytest.mark.longo
def test_fifty_senders_killed_at_random(servidor: Servidor) -> None:
    _morrer(servidor, 50)


def test_three_senders_at_once_mail_everybody_once(servidor: Servidor) -> None:
    esperados = _convidar(240)
    remetentes = [_remetente() for _ in range(3)]
    for processo in remetentes:
        assert processo.wait(60) == 0
    assert sorted(servidor.para()) == sorted(esperados)
    assert len(set(servidor.sessoes)) == 3, "one of them had nothing to do"
    assert not Mensagem.objects.exclude(repeticoes=0).exists()


def test_a_mail_server_that_restarts_in_the_middle_stops_nothing_for_good(settings) -> None:
    esperados = _convidar(100)
    primeiro, segundo = Servidor(), Servidor()
    controle = Controller(primeiro, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controle.start()
    processo = _remetente()
    while len(primeiro.recebidas) < 30:
        time.sleep(0.01)
    controle.stop()
    assert processo.wait(60) == 0
    retorno = Controller(segundo, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    retorno.start()
    _vencer_emprestimos()
    with _remetente() as outro:
        assert outro.wait(60) == 0
    retorno.stop()
    chegadas = Counter(primeiro.para() + segundo.para())
    assert sorted(chegadas) == sorted(esperados)
    assert sum(vezes - 1 for vezes in chegadas.values()) <= 1


def test_a_database_that_restarts_and_crashes_in_the_middle_stops_nothing_for_good(
    servidor: Servidor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with banco_proprio(tmp_path, monkeypatch) as proprio:
        esperados = _convidar(100)
        for sinal, alvo in ((signal.SIGINT, 30), (signal.SIGKILL, 60)):
            connection.close()
            with _remetente() as processo:
                while len(servidor.recebidas) < alvo:
                    time.sleep(0.01)
                proprio.banco.processo.send_signal(sinal)
                assert processo.wait(60) != 0, "it ended before the database"
            proprio.banco.processo.wait(30)
            proprio.subir()
            _vencer_emprestimos()
        varrer()
        chegadas = Counter(servidor.para())
        assert sorted(chegadas) == sorted(esperados)
        repetidas = {para for para, vezes in chegadas.items() if vezes > 1}
        assert repetidas <= set(Mensagem.objects.exclude(repeticoes=0).values_list("para", flat=True))
        assert chegadas.total() <= len(esperados) + 2, "more than the one mail in flight, each time"


def test_a_sender_told_to_stop_gives_back_what_it_did_not_send(servidor: Servidor) -> None:
    esperados = _convidar(120)
    processo = _remetente()
    while len(servidor.recebidas) < 10:
        time.sleep(0.01)
    processo.send_signal(signal.SIGTERM)
    processo.wait(30)
    _vencer_emprestimos()
    varrer()
    assert sorted(set(servidor.para())) == sorted(esperados)
