"""The page of the own data and the copy of it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas
from contas.meus_dados import categorias
from contas.models import Usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def pessoa(client: Client) -> Usuario:
    pessoa = fabricas.usuario(nome_civil="Dara <b>Silva", telefone="(31) 3333-0000")
    client.force_login(pessoa)
    return pessoa


def pacote(client: Client) -> dict[str, str]:
    resposta = client.get(reverse("copia_dos_dados"))
    assert resposta["Content-Type"] == "application/zip"
    assert "no-store" in resposta["Cache-Control"]
    with ZipFile(BytesIO(resposta.content)) as zipado:
        return {nome: zipado.read(nome).decode() for nome in zipado.namelist()}


def test_every_category_says_what_why_on_what_basis_and_for_how_long(client: Client, pessoa: Usuario) -> None:
    pagina = client.get(reverse("meus_dados")).content.decode()
    assert len(categorias) >= 11
    for categoria in categorias:
        for texto in (categoria.nome, categoria.dados, categoria.origem, categoria.finalidade):
            assert texto in pagina
        assert categoria.guarda in pagina
    assert "arts. 7º, II e III, e 23" in pagina
    assert reverse("visualizacoes") in pagina


def test_the_copy_has_all_categories_for_programs_and_for_reading(client: Client, pessoa: Usuario) -> None:
    arquivos = pacote(client)
    dados = json.loads(arquivos["meus-dados.json"])
    assert [c["categoria"] for c in dados["categorias"]] == [c.nome for c in categorias]
    cadastro = dados["categorias"][0]["registros"][0]
    assert (cadastro["CPF"], cadastro["Telefone"]) == (pessoa.cpf_formatado, "(31) 3333-0000")
    assert pessoa.cpf_formatado in arquivos["meus-dados.html"]
    assert "Dara &lt;b&gt;Silva" in arquivos["meus-dados.html"]
    assert "http" not in arquivos["meus-dados.html"]


def test_the_copy_has_nothing_of_anybody_else(client: Client, pessoa: Usuario) -> None:
    outra = fabricas.usuario(nome_civil="Outra Pessoa Qualquer")
    fabricas.convite(usuario=outra, cpf=outra.cpf, email="convite-de-outra@example.org")
    inteiro = "".join(pacote(client).values())
    assert outra.cpf_formatado not in inteiro
    assert "convite-de-outra" not in inteiro


def test_the_cpf_of_people_is_masked_in_the_list_of_the_team(client: Client) -> None:
    chefe, outra = fabricas.usuario(is_staff=True, is_superuser=True), fabricas.usuario()
    client.force_login(chefe)
    lista = client.get(reverse("admin:contas_usuario_changelist")).content.decode()
    assert outra.cpf_mascarado in lista
    assert outra.cpf not in lista
    assert outra.cpf_formatado not in lista
    assert outra.cpf in client.get(reverse("admin:contas_usuario_change", args=[outra.pk])).content.decode()
