"""The files of the documents: received whole, examined later, and never a reason to lose a document."""

import os
from collections import Counter
from pathlib import Path

import pytest

from cagec.tempo import hoje
from convenentes.fabricas import cnpj_ficticio
from convenentes.legado import arquivos
from convenentes.models import ArquivoLegado, Comprovacao
from documentos import guarda
from documentos.fabricas import pdf
from documentos.models import Arquivo, Documento, Verificacao

pytestmark = pytest.mark.django_db


def _documentos(escrever, *nomes: str) -> Path:
    """An export with one statute for each name of a file."""
    linhas = [
        f"E{n};{cnpj_ficticio(1)};estatuto_regimento;estatuto_regimento;{hoje():%d/%m/%Y};{nome}\n"
        for n, nome in enumerate(nomes)
    ]
    pasta: Path = escrever(
        documentos="codigo;cnpj;exigencia;tipo_documento;aceito_em;arquivo\n" + "".join(linhas)
    )
    return pasta


def _estados() -> dict[str, str]:
    return dict(ArquivoLegado.objects.values_list("nome", "estado"))


def test_a_file_is_kept_with_type_and_hash_and_examined_later(escrever, carregar) -> None:
    pasta = _documentos(escrever, "2019/estatuto.pdf")
    (pasta / "arquivos/2019").mkdir()
    (pasta / "arquivos/2019/estatuto.pdf").write_bytes(pdf("Estatuto"))
    carregar(pasta)
    (arquivo,) = Documento.objects.get().arquivos.all()
    assert guarda.ler(arquivo) == pdf("Estatuto")
    assert guarda.integro(arquivo)
    assert (arquivo.nome, arquivo.tipo_midia) == ("estatuto.pdf", "application/pdf")
    assert _estados() == {"2019/estatuto.pdf": "recebido"}
    assert arquivos.examinar() == 1
    assert _estados() == {"2019/estatuto.pdf": "aprovado"}
    ditas = list(arquivo.verificacoes.values_list("nome", flat=True))
    assert ditas == ["tamanho", "formato", "antivirus", "pdf", "conteudo ativo", "legibilidade"]
    assert arquivos.examinar() == 0


def test_every_file_that_was_received_is_on_the_disk(escrever, carregar, monkeypatch) -> None:
    pasta = _documentos(escrever, "um.pdf", "dois.pdf")
    for nome in ("um.pdf", "dois.pdf"):
        (pasta / "arquivos" / nome).write_bytes(pdf(nome))
    no_disco: list[str] = []
    esperar = os.fsync

    def anotar(descritor: int) -> None:
        esperar(descritor)
        no_disco.append(Path(f"/proc/self/fd/{descritor}").readlink().name)

    monkeypatch.setattr(os, "fsync", anotar)
    carregar(pasta)
    chaves = Arquivo.objects.values_list("chave", flat=True)
    assert {Path(chave).name for chave in chaves} < set(no_disco)


def test_a_file_that_fails_flags_its_document_which_stays_accepted(escrever, carregar) -> None:
    pasta = _documentos(escrever, "vazio.pdf", "programa.pdf", "quebrado.pdf")
    (pasta / "arquivos/vazio.pdf").write_bytes(b"")
    (pasta / "arquivos/programa.pdf").write_bytes(b"MZ\x90\0" * 64)
    (pasta / "arquivos/quebrado.pdf").write_bytes(b"%PDF-1.7\nnada")
    carregar(pasta)
    arquivos.examinar()
    assert set(_estados().values()) == {"reprovado"}
    assert Comprovacao.objects.filter(encerrada_em=None).count() == 3
    assert Verificacao.objects.filter(situacao="reprovado").count() == 2  # what is empty is not kept
    assert all(ArquivoLegado.objects.values_list("motivo", flat=True))


def test_what_is_missing_and_what_nobody_names_is_told(escrever, carregar) -> None:
    pasta = _documentos(escrever, "falta.pdf", "../convenentes.csv", "")
    (pasta / "arquivos/sobra.pdf").write_bytes(pdf("Sobra"))
    carregar(pasta)
    assert _estados() == {"falta.pdf": "ausente", "../convenentes.csv": "ausente", "sobra.pdf": "sem_linha"}
    assert Comprovacao.objects.count() == 3


def test_a_file_that_was_missing_is_received_by_the_next_load(escrever, carregar) -> None:
    pasta = _documentos(escrever, "atrasado.pdf")
    carregar(pasta)
    (pasta / "arquivos/atrasado.pdf").write_bytes(pdf("Atrasado"))
    carregar(pasta)
    assert _estados() == {"atrasado.pdf": "recebido"}
    assert Documento.objects.get().arquivos.count() == 1


def test_every_file_of_the_folder_is_counted_once(exportar, carregar) -> None:
    pasta, plantado = exportar(60, semente=3)
    carregar(pasta)
    achados = Counter(_estados().values())
    na_pasta = sum(caminho.is_file() for caminho in (pasta / "arquivos").rglob("*"))
    assert achados["recebido"] + achados["reprovado"] + achados["sem_linha"] == na_pasta
    assert 0 < achados["reprovado"] <= plantado["arquivo_ruim"]
    assert 0 < achados["ausente"] <= plantado["arquivo_ausente"]
    assert achados["sem_linha"] >= plantado["arquivo_sem_linha"] > 0
