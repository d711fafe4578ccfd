"""A double click, or a retry after a lost answer, makes one document."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from contas import fabricas as contas
from documentos import fabricas
from documentos.models import Arquivo, Documento, PastaDigital
from tests.documentos import apoio


@pytest.mark.django_db
def test_the_same_key_again_returns_the_first_document_and_keeps_no_other_file() -> None:
    chave, pasta = uuid4(), PastaDigital.objects.create()
    primeiro = apoio.anexar(pasta=pasta, chave_envio=chave)
    outro_arquivo = fabricas.enviado("outro.pdf", fabricas.pdf("Outro"))
    assert apoio.anexar(None, outro_arquivo, pasta=pasta, chave_envio=chave) == primeiro
    assert [a.nome for a in Arquivo.objects.all()] == ["certidao.pdf"]


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_makes_one_document() -> None:
    chave, pasta, tipo, pessoa = uuid4(), PastaDigital.objects.create(), apoio.tipo(), contas.usuario()
    largada = Barrier(2)

    def enviar(_vez: int) -> int:
        try:
            largada.wait()
            return apoio.anexar(tipo, pasta=pasta, usuario=pessoa, chave_envio=chave).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as dois:
        assert len(set(dois.map(enviar, range(2)))) == 1
    assert Documento.objects.count() == 1
    assert Arquivo.objects.count() == 1
