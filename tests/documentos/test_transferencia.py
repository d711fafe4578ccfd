"""tus 1.0: a file arrives part by part, whoever answers, and whatever happens to the line."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone

from contas import fabricas as contas
from documentos import guarda, partes, transferencia
from documentos.models import Transferencia
from documentos.transferencia import ArquivoTransferido, acrescentar, iniciar
from tests.documentos import apoio, transferir

MEGA = 1024 * 1024


@pytest.fixture
def cliente(db: None) -> Client:
    return apoio.entrar(contas.usuario())


def _bytes(quantos: int) -> bytes:
    return Random(7).randbytes(quantos)


def _guardado() -> Transferencia:
    return Transferencia.objects.get()


def _objetos() -> int:
    try:
        return len(default_storage.listdir(guarda.DE_PASSAGEM)[1])
    except FileNotFoundError:
        return 0


def test_options_say_what_is_spoken(cliente: Client) -> None:
    resposta = cliente.options("/transferencias/")
    assert resposta.status_code == 204
    assert (resposta["Tus-Version"], resposta["Tus-Max-Size"]) == ("1.0.0", str(20 * MEGA))
    assert resposta["Tus-Extension"] == "creation,expiration,termination"


def test_a_file_in_three_pieces_is_read_back_whole(armazem: str, cliente: Client) -> None:
    conteudo = _bytes(5 * MEGA + 3)
    onde = transferir.iniciar(cliente, len(conteudo))["Location"]
    for de, ate in ((0, 10), (10, 3 * MEGA), (3 * MEGA, len(conteudo))):
        assert transferir.chegou(cliente, onde) == de
        resposta = transferir.mandar(cliente, onde, conteudo[de:ate], de)
        assert (resposta.status_code, resposta["Upload-Offset"]) == (204, str(ate))
    arquivo = ArquivoTransferido(_guardado())
    assert (arquivo.name, arquivo.size) == ("certidão.pdf", len(conteudo))
    assert arquivo.read() == conteudo
    assert b"".join(arquivo.chunks()) == conteudo
    arquivo.seek(3 * MEGA - 2)
    assert arquivo.read(4) == conteudo[3 * MEGA - 2 : 3 * MEGA + 2]


def test_no_part_is_larger_than_what_one_holds_in_memory(cliente: Client) -> None:
    transferir.inteiro(cliente, _bytes(8 * MEGA))
    assert max(tamanho for _chave, tamanho in _guardado().partes) == partes.MAIOR


def test_bytes_out_of_place_are_refused_and_leave_nothing(cliente: Client) -> None:
    onde = transferir.iniciar(cliente, 10)["Location"]
    antes = _objetos()
    assert transferir.mandar(cliente, onde, b"12345", de=3).status_code == 409
    assert transferir.chegou(cliente, onde) == 0
    assert _objetos() == antes


def test_more_bytes_than_announced_are_refused(cliente: Client) -> None:
    onde = transferir.iniciar(cliente, 3)["Location"]
    assert transferir.mandar(cliente, onde, b"12345").status_code == 413
    assert transferir.chegou(cliente, onde) == 0


def test_another_type_of_content_is_refused(cliente: Client) -> None:
    onde = transferir.iniciar(cliente, 3)["Location"]
    assert transferir.mandar(cliente, onde, b"123", tipo="application/pdf").status_code == 415


def test_another_version_of_the_protocol_is_refused(cliente: Client) -> None:
    resposta = cliente.post("/transferencias/", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "1"})
    assert (resposta.status_code, resposta["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize("tamanho", ["", "-1", "abc", "9" * 30])
def test_a_length_that_is_no_number_is_refused(cliente: Client, tamanho: str) -> None:
    resposta = cliente.post("/transferencias/", headers=transferir.TUS | {"Upload-Length": tamanho})
    assert resposta.status_code == 400
    assert not Transferencia.objects.exists()


@pytest.mark.parametrize("valor", ["", "é", "a", "/w==", "AA==", "Li4vLi4v"])
def test_a_name_that_cannot_be_read_becomes_a_plain_one(cliente: Client, valor: str) -> None:
    cabecalhos = transferir.TUS | {"Upload-Length": "3", "Upload-Metadata": f"filename {valor}"}
    assert cliente.post("/transferencias/", headers=cabecalhos).status_code == 201
    assert _guardado().nome == "arquivo"


@pytest.mark.parametrize(
    ("tamanho", "codigo", "texto"),
    [(20 * MEGA, 201, ""), (20 * MEGA + 1, 413, "limite é 20 MB"), (0, 413, "está vazio")],
)
def test_the_size_is_judged_before_the_first_byte(
    cliente: Client, tamanho: int, codigo: int, texto: str
) -> None:
    resposta = transferir.iniciar(cliente, tamanho)
    assert resposta.status_code == codigo
    assert texto in resposta.content.decode()


def test_who_sent_the_quota_of_a_day_is_told_to_go_on_tomorrow(cliente: Client, settings: Any) -> None:
    settings.COTA_DIARIA = 10
    assert transferir.iniciar(cliente, 10).status_code == 201
    resposta = transferir.iniciar(cliente, 1)
    assert (resposta.status_code, "continue amanhã" in resposta.content.decode()) == (413, True)
    Transferencia.objects.update(iniciada_em=timezone.now() - timedelta(hours=25))
    assert transferir.iniciar(cliente, 1).status_code == 201


def test_who_began_too_many_transfers_in_a_day_is_told_to_go_on_tomorrow(
    cliente: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(transferencia, "MAXIMO_POR_DIA", 2)
    respostas = [transferir.iniciar(cliente, 1) for _ in range(3)]
    assert [resposta.status_code for resposta in respostas] == [201, 201, 413]
    assert "já começou 2 envios" in respostas[-1].content.decode()
    Transferencia.objects.update(iniciada_em=timezone.now() - timedelta(hours=25))
    assert transferir.iniciar(cliente, 1).status_code == 201


@pytest.mark.parametrize("metodo", ["head", "patch", "delete"])
def test_the_transfer_of_somebody_else_does_not_exist(cliente: Client, metodo: str) -> None:
    onde = transferir.iniciar(cliente, 3)["Location"]
    outra = apoio.entrar(contas.usuario())
    cabecalhos = transferir.TUS | {"Upload-Offset": "0"}
    opcoes = {"content_type": transferir.TIPO} if metodo == "patch" else {}
    assert getattr(outra, metodo)(onde, headers=cabecalhos, **opcoes).status_code == 404
    assert _guardado().deslocamento == 0


def test_an_expired_transfer_does_not_exist(cliente: Client) -> None:
    onde = transferir.iniciar(cliente, 3)["Location"]
    Transferencia.objects.update(expira_em=timezone.now())
    assert transferir.mandar(cliente, onde, b"123").status_code == 404


def test_who_is_signed_out_is_told_to_sign_in(db: None) -> None:
    resposta = transferir.iniciar(Client(), 3)
    assert (resposta.status_code, "sessão terminou" in resposta.content.decode()) == (403, True)


def test_a_request_without_the_token_of_our_pages_is_refused(cliente: Client) -> None:
    outra = Client(enforce_csrf_checks=True)
    outra.cookies = cliente.cookies
    assert transferir.iniciar(outra, 3).status_code == 403
    assert not Transferencia.objects.exists()


def test_giving_up_deletes_row_and_bytes(armazem: str, cliente: Client) -> None:
    antes = _objetos()
    onde = transferir.iniciar(cliente, 6)["Location"]
    transferir.mandar(cliente, onde, b"123")
    assert _objetos() == antes + 1
    assert cliente.delete(onde, headers=transferir.TUS).status_code == 204
    assert _objetos() == antes
    assert cliente.head(onde, headers=transferir.TUS).status_code == 404


def test_the_sweep_deletes_what_expired_and_nothing_else(armazem: str, cliente: Client) -> None:
    antes = _objetos()
    velha = transferir.inteiro(cliente, b"123")
    nova = transferir.inteiro(cliente, b"456")
    agora = timezone.now()
    Transferencia.objects.filter(uuid=velha).update(expira_em=agora)
    assert transferencia.varrer(agora) == 1
    assert str(_guardado().uuid) == nova
    assert _objetos() == antes + 1


def test_the_nightly_sweep_takes_the_parts_that_outlived_every_transfer(
    armazem: str, cliente: Client
) -> None:
    transferir.inteiro(cliente, b"123")
    ((chave, _tamanho),) = _guardado().partes
    agora = timezone.now()
    assert guarda.varrer_orfaos(agora + timedelta(hours=1)) >= 0
    assert transferencia.varrer_partes(agora) == 0
    assert default_storage.exists(chave)
    assert transferencia.varrer_partes(agora + timedelta(hours=25)) >= 1
    assert not default_storage.exists(chave)


@pytest.mark.parametrize("resto", [None, b"12"])
def test_a_file_of_which_a_part_is_gone_or_shorter_is_given_up(
    armazem: str, cliente: Client, resto: bytes | None
) -> None:
    transferir.inteiro(cliente, b"123")
    ((chave, _tamanho),) = _guardado().partes
    default_storage.delete(chave)
    if resto:
        default_storage.save(chave, ContentFile(resto))
    with pytest.raises(transferencia.Sumiu):
        transferencia.abrir(_guardado())
    assert not Transferencia.objects.exists()


def test_of_a_slow_line_what_arrived_is_noted_while_the_rest_comes(cliente: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(transferencia, "SEGUNDOS_ENTRE_NOTAS", 0)
    aberta = iniciar(contas.usuario(), "a.pdf", 6)

    def pedacos() -> Iterator[bytes]:
        yield b"123"
        assert _guardado().deslocamento == 3
        yield b"456"

    assert acrescentar(aberta, 0, pedacos(), 6) == 6
    assert ArquivoTransferido(_guardado()).read() == b"123456"


def test_of_a_line_that_breaks_within_a_part_what_arrived_is_kept(armazem: str, cliente: Client) -> None:
    conteudo = _bytes(3 * MEGA + 10)
    aberta = iniciar(contas.usuario(), "a.pdf", len(conteudo))
    parou = 2 * MEGA + 7
    assert acrescentar(aberta, 0, [conteudo[:5], conteudo[5:parou]], len(conteudo)) == parou
    assert acrescentar(_guardado(), parou, [conteudo[parou:]], len(conteudo) - parou) == len(conteudo)
    assert transferencia.abrir(_guardado()).read() == conteudo


def test_a_line_that_breaks_too_often_is_told_so(cliente: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(transferencia, "MAXIMO_DE_PARTES", 2)
    onde = transferir.iniciar(cliente, 3)["Location"]
    assert [transferir.mandar(cliente, onde, b"x", n).status_code for n in range(3)] == [204, 204, 413]


def test_with_one_request_in_three_lost_the_file_arrives_whole(cliente: Client) -> None:
    conteudo, acaso = _bytes(2 * MEGA), Random(3)
    onde = transferir.iniciar(cliente, len(conteudo))["Location"]
    while (de := transferir.chegou(cliente, onde)) < len(conteudo):
        pedaco = conteudo[de : de + 100_000]
        sorte = acaso.random()
        if sorte < 1 / 6:  # the request got lost on its way
            continue
        if sorte < 1 / 3:  # half of it arrived, and no answer came back
            pedaco = pedaco[: len(pedaco) // 2 + 1]
        transferir.mandar(cliente, onde, pedaco, de)
    chegado = hashlib.sha256(ArquivoTransferido(_guardado()).read()).digest()
    assert chegado == hashlib.sha256(conteudo).digest()


def test_with_the_storage_gone_for_a_while_nothing_is_noted_and_the_file_arrives_whole(
    cliente: Client,
) -> None:
    conteudo, guardados = _bytes(MEGA), Path(default_storage.path(""))
    noutro_lugar = guardados.with_name("noutro-lugar")
    onde = transferir.iniciar(cliente, len(conteudo))["Location"]
    transferir.mandar(cliente, onde, conteudo[:1000])
    guardados.rename(noutro_lugar)
    guardados.touch()  # a disk that went away: nothing can be written there
    cliente.raise_request_exception = False
    try:
        assert transferir.mandar(cliente, onde, conteudo[1000:], 1000).status_code == 500
    finally:
        guardados.unlink()
        noutro_lugar.rename(guardados)
    assert transferir.chegou(cliente, onde) == 1000
    assert transferir.mandar(cliente, onde, conteudo[1000:], 1000).status_code == 204
    assert transferencia.abrir(_guardado()).read() == conteudo


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_with_the_same_bytes_one_is_kept() -> None:
    aberta = iniciar(contas.usuario(), "a.pdf", 6)
    largada = Barrier(2)

    def mandar(_vez: int) -> bool:
        try:
            largada.wait()
            return acrescentar(aberta, 0, [b"123"], 3) == 3
        except transferencia.ForaDeLugar:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as dois:
        assert sorted(dois.map(mandar, range(2))) == [False, True]
    assert ArquivoTransferido(_guardado()).read() == b"123"
