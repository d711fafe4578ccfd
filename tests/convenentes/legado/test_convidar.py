"""Waves of invitations: who gets one, once, at which pace, and when a wave stops."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from io import StringIO
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from cagec.correio import entrada
from cagec.correio.entrega import varrer
from cagec.correio.models import Devolucao, Mensagem
from cagec.tempo import hoje
from contas import fabricas, govbr
from contas.models import Convite, Usuario
from convenentes.legado import convites
from convenentes.legado.convites import Selecao
from convenentes.models import ConviteLegado, Municipio, OndaDeConvites
from tests.convenentes import mundo
from tests.convenentes.legado.migradas import migrada
from tests.correio.devolvida import recebido, relatorio

pytestmark = pytest.mark.django_db
RITMO: dict[str, Any] = {"por_hora": 3600, "limite": 5}


def _legado(*argumentos: str) -> str:
    saida = StringIO()
    call_command("legado", "convidar", *argumentos, stdout=saida)
    return saida.getvalue()


def _onda(selecao: Selecao | None = None, **ritmo: int) -> OndaDeConvites:
    onda = convites.convidar(selecao or Selecao(), hoje(), **(RITMO | ritmo))
    assert onda is not None
    return onda


def _convidadas() -> set[Usuario]:
    return {c.usuario for c in Convite.objects.filter(motivo="migracao") if c.usuario}


def test_one_mail_per_person_lists_every_organisation(
    caixa_postal: Callable[[str], list[EmailMessage]],
) -> None:
    primeira, segunda = (
        mundo.convenente(razao_social="Prefeitura A"),
        mundo.convenente(razao_social="Fundo B"),
    )
    pessoa = migrada(primeira, segunda, nome_civil="Joana Guimarães")
    _onda()
    varrer()
    (mensagem,) = caixa_postal(pessoa.email)
    corpo = mensagem.get_body(("plain",))
    assert corpo is not None
    texto = corpo.get_content()
    for esperado in (
        "Joana Guimarães",
        "Prefeitura A",
        primeira.cnpj_formatado,
        "Fundo B",
        "/definir-senha/",
    ):
        assert esperado in texto


def test_without_gravar_it_only_counts() -> None:
    migrada()
    assert "Pessoas a convidar: 1. Nada foi gravado" in _legado()
    assert not Convite.objects.exists()
    assert not Mensagem.objects.exists()


def test_running_twice_invites_nobody_twice() -> None:
    pessoa = migrada()
    assert "Pessoas convidadas: 1" in _legado("--gravar")
    assert "Ninguém a convidar" in _legado("--gravar")
    assert _convidadas() == {pessoa}
    assert Mensagem.objects.count() == ConviteLegado.objects.count() == OndaDeConvites.objects.count() == 1


def test_only_who_never_came_acts_today_and_has_an_address_is_invited() -> None:
    certa = migrada()
    migrada(email="")
    migrada(is_active=False)
    migrada(last_login=timezone.now())
    fabricas.usuario()
    migrada().vinculos.update(periodo=(hoje() - timedelta(days=9), hoje()))
    _onda()
    assert _convidadas() == {certa}


def test_two_persons_with_the_same_address_get_a_link_each() -> None:
    for _ in range(2):
        migrada(email="recepcao@example.org")
    assert _onda().quantos == 2
    assert Mensagem.objects.filter(para="recepcao@example.org").count() == 2


def test_a_wave_is_of_a_municipio_or_of_a_type() -> None:
    mariana = Municipio.objects.get(nome="Mariana", uf="MG")
    de_mariana, de_ouro_preto = migrada(mundo.convenente(municipio=mariana)), migrada()
    _legado("--gravar", "--municipio", "mariana")
    assert _convidadas() == {de_mariana}
    _legado("--gravar", "--tipo", "uniao")
    assert _convidadas() == {de_mariana}
    _legado(
        "--gravar",
        "--tipo",
        "osc",
        "--municipio",
        de_ouro_preto.vinculos.get().convenente.municipio.codigo_ibge,
    )
    assert _convidadas() == {de_mariana, de_ouro_preto}


@pytest.mark.parametrize(
    "argumentos",
    [
        ("--municipio", "Atlântida"),
        ("--tipo", "clube"),
        ("--por-hora", "0"),
        ("--limite", "101"),
        ("--retomar", "0"),
    ],
)
def test_what_makes_no_sense_is_refused(argumentos: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        _legado("--gravar", *argumentos)


def test_mails_are_due_at_the_pace_and_after_those_of_the_wave_before() -> None:
    for _ in range(3):
        migrada()
    convites.convidar(Selecao(), hoje(), quantos=2, **RITMO)
    _onda(por_hora=60)
    devidas = list(Mensagem.objects.order_by("proxima_tentativa").values_list("proxima_tentativa", flat=True))
    assert [b - a for a, b in pairwise(devidas)] == [
        timedelta(seconds=1),
        timedelta(minutes=1),
    ]


def _devolver(quantas: int) -> None:
    Mensagem.objects.update(estado="enviada", enviada_em=timezone.now())
    for mensagem in Mensagem.objects.order_by("pk")[:quantas]:
        Devolucao.objects.create(mensagem=mensagem, definitiva=True, codigo="5.1.1", resumo=str(mensagem.pk))


def test_too_many_bounces_suspend_the_wave_until_somebody_resumes_it() -> None:
    pessoas = [migrada() for _ in range(20)]
    onda = _onda(limite=10)
    _devolver(2)
    assert convites.vigiar() == []
    _devolver_mais_uma()
    (na_fila,) = Mensagem.objects.filter(estado="na_fila")
    assert convites.vigiar() == [onda]
    na_fila.refresh_from_db()
    assert na_fila.estado == "suspensa"
    assert convites.vigiar() == []
    assert "De volta à fila: 1 mensagens." in _legado("--retomar", str(onda.pk), "--limite", "50", "--gravar")
    na_fila.refresh_from_db()
    assert na_fila.estado == "na_fila"
    assert convites.vigiar() == []
    assert len(pessoas) == 20


def _devolver_mais_uma() -> None:
    """One more that came back, and one reminder that still waits."""
    ultima = Mensagem.objects.latest("pk")
    Devolucao.objects.create(mensagem=ultima, definitiva=True, codigo="5.1.1", resumo="mais uma")
    Mensagem.objects.create(
        chave="espera", tipo=convites.TIPO, para=ultima.para, usuario=ultima.usuario, contexto=ultima.contexto
    )


def test_the_report_that_passes_the_limit_suspends_its_wave_at_once_and_no_other() -> None:
    for _ in range(20):
        migrada()
    onda = _onda(limite=10)
    migrada()
    outra = _onda(limite=10)
    _devolver(2)
    assert entrada.processar(recebido(relatorio(Mensagem.objects.filter(devolucoes=None).earliest("pk"))))
    onda.refresh_from_db()
    outra.refresh_from_db()
    assert onda.suspensa_em is not None
    assert outra.suspensa_em is None


def test_who_comes_by_gov_br_before_the_mail_left_gets_none(
    caixa_postal: Callable[[str], list[EmailMessage]],
) -> None:
    pessoa = migrada()
    onda = _onda()
    govbr.ativar(pessoa)
    varrer()
    convites.retomar(onda, **RITMO)
    varrer()
    assert caixa_postal(pessoa.email) == []


@pytest.mark.django_db(transaction=True)
def test_three_at_once_invite_each_person_once() -> None:
    pessoas = {migrada() for _ in range(5)}
    largada, erros = Barrier(3), []

    def convidar() -> None:
        largada.wait()
        try:
            convites.convidar(Selecao(), hoje(), **RITMO)
        except Exception as erro:  # noqa: BLE001 - the test shows it
            erros.append(erro)
        finally:
            connections.close_all()

    linhas: list[Any] = [Thread(target=convidar) for _ in range(3)]
    for linha in linhas:
        linha.start()
    for linha in linhas:
        linha.join()
    assert erros == []
    assert _convidadas() == pessoas
    assert Mensagem.objects.count() == 5
