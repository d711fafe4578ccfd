"""The outbox row is born and dies with its cause, once for each occurrence, with or without a broker."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from cagec.celery import app
from cagec.correio.entrega import varrer
from cagec.correio.fila import enfileirar, enfileirar_em_lote
from cagec.correio.models import Mensagem
from tests.correio.conftest import Servidor

TIPO = "contas.ja_cadastrado"


def _pedir(chave: str, para: str = "pessoa@example.org") -> Mensagem:
    return enfileirar(chave, TIPO, para, {})


@pytest.fixture
def recusas() -> Iterator[list[None]]:
    """The broker is down: who calls is hung up on. One element for each call."""
    ligacoes: list[None] = []

    def desligar() -> None:
        with suppress(OSError):
            while True:
                porta.accept()[0].close()
                ligacoes.append(None)

    antes = app.conf.broker_url
    with socket.create_server(("127.0.0.1", 0)) as porta:
        atendente = Thread(target=desligar)
        atendente.start()
        _apontar(f"redis://127.0.0.1:{porta.getsockname()[1]}/0")
        yield ligacoes
        _apontar(antes)
        porta.shutdown(socket.SHUT_RDWR)
        atendente.join()


def _apontar(endereco: str) -> None:
    app.conf.update(broker_url=endereco, broker_write_url=endereco)
    app._pool = app.amqp._producer_pool = None  # type: ignore[attr-defined] # open connections are forgotten


def _ao_mesmo_tempo(funcao: Callable[[], object], quantos: int) -> None:
    largada = Barrier(quantos)

    def correr() -> None:
        largada.wait()
        try:
            funcao()
        finally:
            connection.close()

    with ThreadPoolExecutor(quantos) as pool:
        for futuro in [pool.submit(correr) for _ in range(quantos)]:
            futuro.result()


@pytest.mark.django_db
def test_a_mail_dies_with_its_transaction() -> None:
    @transaction.atomic
    def causa() -> None:
        _pedir("causa")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        causa()
    assert not Mensagem.objects.exists()


@pytest.mark.django_db
def test_the_same_occurrence_is_queued_once() -> None:
    primeira = _pedir("causa")
    assert _pedir("causa", "outra@example.org") == primeira
    assert Mensagem.objects.get().para == "pessoa@example.org"


@pytest.mark.django_db
def test_an_occurrence_may_name_the_longest_address() -> None:
    longo = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 49}.example"
    assert len(longo) == 250
    assert _pedir(f"instrucoes:{uuid4()}:{longo}:14", longo).pk


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_queued_and_two_threads_queue_once() -> None:
    with pytest.raises(ProgrammingError, match="inside a transaction"):
        _pedir("solta")
    with pytest.raises(ProgrammingError, match="inside a transaction"):
        enfileirar_em_lote([Mensagem(chave="solta", tipo=TIPO, para="pessoa@example.org")])
    _ao_mesmo_tempo(transaction.atomic(lambda: _pedir("causa")), 4)
    assert [m.chave for m in Mensagem.objects.all()] == ["causa"]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_is_called_once_and_the_mail_leaves_with_the_sweep(
    servidor: Servidor, recusas: list[None]
) -> None:
    with transaction.atomic():
        _pedir("causa")
    assert len(recusas) == 1
    assert servidor.para() == []
    assert varrer() == 1
    assert servidor.para() == ["pessoa@example.org"]


@pytest.mark.django_db(transaction=True)
def test_a_committed_mail_is_handed_to_the_worker_at_once() -> None:
    with transaction.atomic():
        mensagem = _pedir("causa")
        _pedir("causa")
    with app.connection_for_read() as conexao:
        fila = conexao.SimpleQueue("celery")
        assert fila.get(block=False).payload[0] == [mensagem.pk]
        with pytest.raises(fila.Empty):
            fila.get(block=False)


@pytest.mark.django_db
def test_a_batch_is_queued_at_once_and_what_was_queued_before_stays_as_it_was() -> None:
    antes = _pedir("uma")
    enfileirar_em_lote(
        Mensagem(chave=chave, tipo=TIPO, para="outra@example.org") for chave in ("uma", "duas", "duas")
    )
    assert list(Mensagem.objects.order_by("pk").values_list("chave", "para")) == [
        ("uma", antes.para),
        ("duas", "outra@example.org"),
    ]
