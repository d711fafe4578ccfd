"""Documents and published texts at the team's desk: looked at, never changed."""

import pytest
from django.urls import reverse

from contas import fabricas as contas
from documentos.models import Arquivo, ModeloDeclaracao
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio

pytestmark = pytest.mark.django_db


def test_a_document_is_shown_with_its_files_hashes_and_checks_and_nothing_runs() -> None:
    documento = apoio.anexar()
    arquivo = documento.arquivos.get()
    Arquivo.objects.filter(pk=arquivo.pk).update(nome="<script>alert(1)</script>.pdf")
    mesa = apoio.entrar(contas.usuario(is_staff=True, is_superuser=True))
    pagina = texto(mesa.get(reverse("admin:documentos_documento_change", args=[documento.pk])))
    assert reverse("arquivo", args=[arquivo.uuid]) in pagina
    assert arquivo.sha256 in pagina
    ditos = ("Tipo de arquivo", "Antivírus", "Páginas do PDF", "Conteúdo ativo", "Legibilidade")
    situacoes = ("Aprovado", "Atenção", "Aprovado", "Aprovado", "Aprovado")
    assert "; ".join(f"{dito}: {s}" for dito, s in zip(ditos, situacoes, strict=True)) in pagina
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.pdf" in pagina
    assert "<script>alert(1)" not in pagina


@pytest.mark.parametrize("acao", ["add", "change", "delete"])
def test_even_an_administrator_neither_changes_nor_erases_a_document(acao: str) -> None:
    documento, mesa = apoio.anexar(), apoio.entrar(contas.usuario(is_staff=True, is_superuser=True))
    argumentos = [] if acao == "add" else [documento.pk]
    resposta = mesa.post(reverse(f"admin:documentos_documento_{acao}", args=argumentos), {"post": "yes"})
    assert resposta.status_code == 403


@pytest.mark.parametrize("acao", ["change", "delete"])
def test_a_published_text_is_never_edited(acao: str) -> None:
    modelo = ModeloDeclaracao.objects.first()
    assert modelo is not None
    mesa = apoio.entrar(contas.usuario(is_staff=True, is_superuser=True))
    endereco = reverse(f"admin:documentos_modelodeclaracao_{acao}", args=[modelo.pk])
    assert mesa.post(endereco, {"texto": "outro", "post": "yes"}).status_code == 403
