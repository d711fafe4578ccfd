"""One folder, and one person, send so much in a day, and says so before anything is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from contas import fabricas as contas
from documentos import cota, fabricas, transferencia
from documentos.envio import ArquivoRecusado
from documentos.models import Arquivo, PastaDigital, Transferencia
from documentos.transferencia import TransferenciaRecusada
from tests.documentos import apoio

A_UM_TEMPO = 4


def _de_uma_vez(acao: Callable[[], Any]) -> list[str]:
    """Do the same in several connections at once; return what each that was refused was told."""
    largada = Barrier(A_UM_TEMPO)

    def correr(_vez: int) -> str:
        largada.wait()
        try:
            acao()
        except (ArquivoRecusado, TransferenciaRecusada) as recusa:
            return str(recusa)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(A_UM_TEMPO) as trabalhadores:
        return [dito for dito in trabalhadores.map(correr, range(A_UM_TEMPO)) if dito]


@pytest.mark.django_db(transaction=True)
def test_several_sends_at_once_do_not_pass_the_quota_together(settings: Any) -> None:
    pasta, pessoa, tipo = PastaDigital.objects.create(), contas.usuario(), apoio.tipo()
    settings.COTA_DIARIA = len(fabricas.pdf("Certidão"))
    ditos = _de_uma_vez(lambda: apoio.receber(tipo, pasta=pasta, usuario=pessoa))
    assert len(ditos) == A_UM_TEMPO - 1
    assert all("envie este amanhã" in dito for dito in ditos)
    assert pasta.documentos.count() == Arquivo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nor_do_several_files_that_a_person_begins_to_send_at_once(settings: Any) -> None:
    pessoa = contas.usuario()
    settings.COTA_DIARIA = 1000
    ditos = _de_uma_vez(lambda: transferencia.iniciar(pessoa, "certidao.pdf", 600))
    assert len(ditos) == A_UM_TEMPO - 1
    assert Transferencia.objects.get().tamanho == 600


@pytest.mark.django_db
def test_a_folder_over_its_quota_says_when_to_go_on_and_takes_more_the_next_day(settings: Any) -> None:
    pasta = PastaDigital.objects.create()
    conteudo = fabricas.pdf("Certidão")
    settings.COTA_DIARIA = len(conteudo)
    apoio.anexar(pasta=pasta)
    with pytest.raises(ArquivoRecusado, match="envie este amanhã"):
        apoio.anexar(pasta=pasta)
    assert Arquivo.objects.count() == 1
    apoio.anexar(pasta=PastaDigital.objects.create())
    Arquivo.objects.update(criado_em=timezone.now() - timedelta(hours=25))
    apoio.anexar(pasta=pasta)


@pytest.mark.django_db
def test_a_person_fills_four_folders_a_day_and_another_person_goes_on(settings: Any) -> None:
    pessoa, tipo = contas.usuario(), apoio.tipo()
    settings.COTA_DIARIA = len(fabricas.pdf("Certidão"))
    for _pasta in range(cota.PASTAS_POR_PESSOA):
        apoio.receber(tipo, pasta=PastaDigital.objects.create(), usuario=pessoa)
    with pytest.raises(ArquivoRecusado, match="Você já enviou"):
        apoio.receber(tipo, pasta=PastaDigital.objects.create(), usuario=pessoa)
    apoio.receber(tipo, pasta=PastaDigital.objects.create(), usuario=contas.usuario())


@pytest.mark.django_db(transaction=True)
def test_nor_does_a_person_pass_it_in_several_folders_at_once(settings: Any) -> None:
    pessoa, tipo = contas.usuario(), apoio.tipo()
    settings.COTA_DIARIA = len(fabricas.pdf("Certidão"))
    for _pasta in range(cota.PASTAS_POR_PESSOA - 1):
        apoio.receber(tipo, pasta=PastaDigital.objects.create(), usuario=pessoa)
    ditos = _de_uma_vez(lambda: apoio.receber(tipo, pasta=PastaDigital.objects.create(), usuario=pessoa))
    assert len(ditos) == A_UM_TEMPO - 1
    assert Arquivo.objects.count() == cota.PASTAS_POR_PESSOA
