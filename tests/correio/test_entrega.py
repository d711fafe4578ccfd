"""Delivery: nothing lost, nothing stops the others, at most one mail twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cagec.correio import tasks, tipos
from cagec.correio.entrega import TENTATIVAS, entregar, varrer
from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo
from contas.fabricas import convite
from tests.correio.conftest import Servidor
from tests.correio.test_fila import _ao_mesmo_tempo
from tests.servicos import RAIZ


@pytest.fixture(autouse=True)
def _tipos_de_teste() -> Iterator[None]:
    @tipos.tipo("teste")
    def _teste(contexto: dict[str, Any]) -> Corpo:
        return Corpo(contexto.get("assunto", "Atenção"), ["Olá, João.", "- um", "- dois", "Até amanhã."])

    @tipos.tipo("teste.quebrado")
    def _quebrado(contexto: dict[str, Any]) -> Corpo:
        return contexto["nada"].inexistente  # type: ignore[no-any-return]

    yield
    del tipos._redatores["teste"], tipos._redatores["teste.quebrado"]


def _na_fila(para: str = "pessoa@example.org", tipo: str = "teste", **contexto: Any) -> Mensagem:
    return Mensagem.objects.create(chave=f"{tipo}:{para}", tipo=tipo, para=para, contexto=contexto)


def _partes(servidor: Servidor) -> tuple[str, str]:
    (email,) = servidor.recebidas
    texto, html = email.get_body(("plain",)), email.get_body(("html",))
    assert texto is not None
    assert html is not None
    return texto.get_content(), html.get_content()


@pytest.mark.django_db
def test_both_parts_are_readable_and_the_row_keeps_the_text(servidor: Servidor) -> None:
    mensagem = _na_fila()
    tasks.entregar(mensagem.pk)
    texto, html = _partes(servidor)
    assert "Olá, João.\n\n- um\n- dois\n\nAté amanhã." in texto.replace("\r\n", "\n")
    assert "<li" in html
    assert "Até amanhã." in html
    (email,) = servidor.recebidas
    assert (email["Subject"], email["Auto-Submitted"]) == ("Atenção", "auto-generated")
    mensagem.refresh_from_db()
    assert mensagem.estado == Mensagem.Estado.ENVIADA
    assert mensagem.enviada_em is not None
    assert (mensagem.assunto, mensagem.corpo.split("\n")[0]) == ("Atenção", "Olá, João.")


@pytest.mark.django_db
def test_the_link_that_opens_an_account_is_in_the_mail_and_not_in_the_kept_copy(servidor: Servidor) -> None:
    mensagem = _na_fila(tipo="contas.convite", convite=str(convite().uuid))
    tasks.varrer()
    texto, html = _partes(servidor)
    link = next(linha.strip() for linha in texto.splitlines() if linha.startswith("http"))
    assert "/definir-senha/" in link
    assert f'href="{link}"' in html
    mensagem.refresh_from_db()
    assert "[link removido]" in mensagem.corpo
    segredo = link.rstrip("/").rsplit("/", 1)[1]
    assert segredo not in f"{mensagem.corpo}{mensagem.contexto}{mensagem.erro}"


@pytest.mark.django_db
def test_a_server_that_is_down_is_tried_again_with_a_growing_wait_and_given_up_after_eight(
    servidor_fora_do_ar: None,
) -> None:
    mensagem = _na_fila()
    for vez in range(1, TENTATIVAS + 1):
        assert mensagem.estado == Mensagem.Estado.NA_FILA
        antes = timezone.now()
        Mensagem.objects.update(proxima_tentativa=antes)
        entregar(mensagem.pk)
        mensagem.refresh_from_db()
        espera = timedelta(minutes=2**vez)
        assert antes + espera <= mensagem.proxima_tentativa <= timezone.now() + espera
    assert (mensagem.estado, mensagem.tentativas) == (Mensagem.Estado.FALHOU, 8)
    assert "ConnectionRefusedError" in mensagem.erro
    Mensagem.objects.update(proxima_tentativa=timezone.now())
    assert varrer() == 0


@pytest.mark.django_db
def test_what_is_not_due_or_left_already_stays(servidor: Servidor) -> None:
    depois = _na_fila("depois@example.org")
    Mensagem.objects.update(proxima_tentativa=timezone.now() + timedelta(hours=1))
    enviada = _na_fila("enviada@example.org")
    for mensagem in (depois, enviada, enviada):
        entregar(mensagem.pk)
    assert servidor.para() == ["enviada@example.org"]


@pytest.mark.django_db
def test_a_refused_address_and_poisoned_mails_do_not_stop_the_others(servidor: Servidor) -> None:
    servidor.recusados = {"recusada@example.org"}
    ruins = [
        _na_fila("recusada@example.org"),
        _na_fila("b@example.org", "teste.desconhecido"),
        _na_fila("c@example.org", "teste.quebrado", nada=None),
        _na_fila("d@example.org", "contas.convite", convite="00000000-0000-0000-0000-000000000000"),
    ]
    _na_fila("boa@example.org")
    assert varrer() == 5
    assert servidor.para() == ["boa@example.org"]
    for mensagem in ruins:
        mensagem.refresh_from_db()
    assert [(m.estado, m.tentativas) for m in ruins] == [
        ("falhou", 1),
        ("na_fila", 1),
        ("na_fila", 1),
        ("falhou", 1),
    ]
    assert [m.erro.split(":")[0] for m in ruins] == [
        "SMTPRecipientsRefused",
        "KeyError",
        "AttributeError",
        "LookupError",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("resposta", "estado"),
    [
        ("550 5.1.1 Sem esta caixa", "falhou"),
        ("450 4.2.1 Tente mais tarde", "na_fila"),
        ("550 5.7.1 Servidor na lista de bloqueio", "na_fila"),
    ],
)
def test_only_an_address_that_does_not_exist_is_given_up_at_once(
    servidor: Servidor, resposta: str, estado: str
) -> None:
    servidor.recusados, servidor.recusa = {"pessoa@example.org"}, resposta
    mensagem = _na_fila()
    varrer()
    mensagem.refresh_from_db()
    assert mensagem.estado == estado


@pytest.mark.django_db
def test_a_sweep_sends_all_its_mails_on_one_connection_and_calls_again_after_an_error(
    servidor: Servidor,
) -> None:
    servidor.recusados = {"b@example.org"}
    for letra in "abcd":
        _na_fila(f"{letra}@example.org")
    varrer()
    assert servidor.para() == ["a@example.org", "c@example.org", "d@example.org"]
    assert len(set(servidor.sessoes)) == 2


@pytest.mark.django_db
def test_what_cannot_be_delivered_comes_back_to_the_mailbox_of_returns(
    servidor: Servidor, settings: Any
) -> None:
    settings.CAIXA_DE_RETORNO = "retorno@example.org"
    _na_fila()
    varrer()
    (email,) = servidor.recebidas
    assert servidor.remetentes == ["retorno@example.org"]
    assert email["From"] == settings.DEFAULT_FROM_EMAIL


@pytest.mark.django_db
def test_a_subject_of_any_length_or_with_line_breaks_leaves_once(servidor: Servidor) -> None:
    mensagem = _na_fila(assunto="CAGEC: " + "nome\r\nBcc: x@example.org " * 20)
    assert (varrer(), varrer()) == (1, 0)
    (email,) = servidor.recebidas
    assert email["Bcc"] is None
    assert len(email["Subject"]) > 400
    mensagem.refresh_from_db()
    assert len(mensagem.assunto) == 200


@pytest.mark.django_db(transaction=True)
def test_three_sweeps_at_once_deliver_each_mail_once(servidor: Servidor) -> None:
    esperados = [f"pessoa{n:02}@example.org" for n in range(12)]
    for para in esperados:
        _na_fila(para)
    _ao_mesmo_tempo(varrer, 3)
    # A row that another sweep held is skipped, never awaited: the next sweep finds what is left, if anything.
    varrer()
    assert sorted(servidor.para()) == esperados
    assert set(Mensagem.objects.values_list("estado", flat=True)) == {"enviada"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_repeats_that_mail_and_loses_none(
    servidor: Servidor, settings: Any
) -> None:
    mensagem = _na_fila(tipo="contas.ja_cadastrado")
    ambiente = {**os.environ, "EMAIL_PORT": str(settings.EMAIL_PORT)}
    codigo = f"from cagec.correio.entrega import entregar; entregar({mensagem.pk})"
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", codigo],
        cwd=RAIZ,
        env=ambiente,
    ) as operario:
        servidor.ao_receber = operario.kill
        operario.wait(30)
    servidor.ao_receber = lambda: None
    assert operario.returncode == -signal.SIGKILL
    assert varrer() == 0  # lent to who was killed, for a while yet
    Mensagem.objects.update(proxima_tentativa=timezone.now())
    assert varrer() == 1
    assert servidor.para() == ["pessoa@example.org"] * 2
    mensagem.refresh_from_db()
    assert (mensagem.estado, mensagem.repeticoes) == (Mensagem.Estado.ENVIADA, 1)
