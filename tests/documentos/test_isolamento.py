"""A check of hostile bytes runs in a process of its own, which cannot take the portal with it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from documentos import fabricas
from documentos.verificacoes import conteudo, imagem, isolamento, pdf
from documentos.verificacoes.isolamento import Interrompida, em_partes, isolada
from documentos.verificacoes.resultado import Resultado
from tests.documentos import filhos, hostis
from tests.servicos import RAIZ

COMPLEXO = "o arquivo é complexo demais para ser examinado."


def _vive(processo: int) -> bool:
    return Path(f"/proc/{processo}").exists()


def _dar_memoria(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    """Leave this much for the check itself, beside the libraries already loaded."""
    limite = isolada(filhos.memoria_do_processo) + megabytes * 1024 * 1024
    monkeypatch.setattr(isolamento, "MEMORIA", limite)


def _exame(pdf_: bytes) -> Sequence[Resultado]:
    return conteudo.examinar("application/pdf", pdf_).resultados


def test_the_answer_comes_from_another_process_which_is_gone_afterwards() -> None:
    processo = isolada(filhos.numero_do_processo)
    assert processo != os.getpid()
    assert not _vive(processo)


@pytest.mark.parametrize("funcao", [filhos.girar_sem_fim, filhos.dormir_sem_fim])
def test_what_never_ends_is_stopped(funcao: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolamento, "SEGUNDOS", 1)
    bilhete = tmp_path / "processo"
    with pytest.raises(Interrompida):
        isolada(funcao, str(bilhete))
    assert not _vive(int(bilhete.read_text()))


def test_memory_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isolada(filhos.pedir_memoria, 100) == 100 * 1024 * 1024
    _dar_memoria(monkeypatch, 90)
    with pytest.raises(Interrompida):
        isolada(filhos.pedir_memoria, 100)


@pytest.mark.parametrize("funcao", [filhos.morrer, filhos.sair, filhos.morrer_no_meio_da_resposta])
def test_a_process_that_dies_without_an_answer_is_told(funcao: Any) -> None:
    with pytest.raises(Interrompida):
        isolada(funcao)


def test_parts_come_from_one_process_which_is_gone_afterwards() -> None:
    primeiro, segundo, terceiro = em_partes(filhos.numero_do_processo_em_partes, 3)
    assert primeiro == segundo == terceiro != os.getpid()
    assert not _vive(primeiro)


def test_the_parts_before_a_death_are_not_lost() -> None:
    partes = em_partes(filhos.contar_e_morrer, 2)
    assert [next(partes), next(partes)] == [0, 1]
    with pytest.raises(Interrompida):
        next(partes)


def test_who_wants_no_more_parts_leaves_no_process_behind() -> None:
    partes = em_partes(filhos.numero_do_processo_em_partes, 10**9)
    processo = next(partes)
    partes.close()
    assert not _vive(processo)


def test_a_daemonic_worker_of_celery_may_start_the_process_too() -> None:
    programa = [sys.executable, "-m", "tests.documentos.trabalhador"]
    subprocess.run(programa, check=True, timeout=90, cwd=RAIZ)


def test_after_any_death_the_next_check_works() -> None:
    with pytest.raises(Interrompida):
        isolada(filhos.morrer)
    assert isolada(pdf.verificar, fabricas.pdf("Certidão")).situacao == "aprovado"
    assert isolada(imagem.examinar, fabricas.foto())[0][0].situacao == "aprovado"


def test_a_fork_server_that_dies_is_replaced_at_once() -> None:
    for _vez in range(3):
        isolada(filhos.estragar_o_servidor)
        assert isolada(filhos.numero_do_processo)


def test_the_libraries_leave_most_of_the_memory_to_the_check() -> None:
    assert isolada(filhos.memoria_do_processo) < isolamento.MEMORIA / 2


def test_a_bomb_in_a_pdf_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    _dar_memoria(monkeypatch, 60)
    (pequena,) = _exame(hostis.pdf_bomba(1))
    assert pequena.detalhe == "o PDF não tem páginas."
    bomba = hostis.pdf_bomba(100)
    assert len(bomba) < 500_000
    (resultado,) = _exame(bomba)
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe in {"o PDF está danificado ou incompleto.", COMPLEXO}


def test_the_person_is_told_what_to_do_when_a_check_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolamento, "SEGUNDOS", 0)
    (resultado,) = _exame(fabricas.pdf("Certidão"))
    assert (resultado.nome, resultado.situacao, resultado.detalhe) == ("pdf", "reprovado", COMPLEXO)
    assert "Imprimir → Salvar como PDF" in resultado.conselho


def test_a_check_that_wants_more_memory_than_there_is_is_told() -> None:
    dito = _exame(hostis.pdf_comprido())[-1]
    assert (dito.nome, dito.situacao) == ("legibilidade", "atencao")
    assert dito.detalhe.startswith("esta conferência não terminou")
    assert dito.conselho.endswith("a equipe confere.")


def test_a_check_that_fails_is_told_and_the_next_one_has_its_turn() -> None:
    sem_pagina = hostis.pdf_com_paginas(1).replace(b"/Type /Page ", b"/Type /Pagx ")
    exame = conteudo.examinar("application/pdf", sem_pagina)
    assert [(r.nome, r.situacao) for r in exame.resultados][2:] == [
        ("leitura", "atencao"),
        ("legibilidade", "atencao"),
    ]
    assert exame.lido is None


def test_the_check_that_was_stopped_is_named_and_those_before_it_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(isolamento, "SEGUNDOS", 3)
    lento = conteudo.examinar("application/pdf", hostis.pdf_lento())
    assert [(r.nome, r.situacao) for r in lento.resultados] == [
        ("pdf", "aprovado"),
        ("conteudo ativo", "aprovado"),
        ("legibilidade", "atencao"),
    ]
    assert lento.resultados[-1].detalhe.startswith("esta conferência não terminou")
    assert lento.lido is not None
