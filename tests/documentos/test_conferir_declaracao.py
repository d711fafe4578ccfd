"""The public page that confirms a signature, and shows nothing private."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from contas import fabricas as contas
from documentos import fabricas, guarda
from documentos.codigos import novo_codigo
from documentos.models import Arquivo, Assinatura, Declaracao, DocumentoArquivo
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio
from tests.documentos.test_assinatura import assinar, declarar

pytestmark = pytest.mark.django_db


@pytest.fixture
def assinada() -> Assinatura:
    """A signature without a drawn PDF: the bytes only have to be there."""
    declaracao = declarar(texto="Segredo do texto.")
    pdf = guarda.guardar_gerado("termo.pdf", "application/pdf", fabricas.pdf("Termo"))
    DocumentoArquivo.objects.create(documento=declaracao.documento, arquivo=pdf)
    quem = contas.usuario(nome_civil="Lia Representante")
    return Assinatura.objects.create(
        codigo=novo_codigo(),
        declaracao=declaracao,
        usuario=quem,
        nome=quem.nome,
        cpf=quem.cpf,
        cargo="Presidenta",
        resumo=declaracao.resumo,
        ip="198.51.100.7",
        navegador="Navegador/1.0",
        pdf=pdf,
    )


def _pagina(codigo: str) -> str:
    return reverse("declaracao", args=[codigo])


def test_anyone_with_the_code_confirms_it_and_sees_nothing_private(
    client: Client, assinada: Assinatura
) -> None:
    pagina = texto(client.get(_pagina(assinada.codigo)))
    publico = ("Declaração autêntica", "Declaração de teste", "Associação Fictícia", "Lia Representante")
    provas = (
        "Presidenta",
        assinada.usuario.cpf_mascarado,
        assinada.codigo,
        assinada.resumo,
        assinada.pdf.sha256,
    )
    for parte in (*publico, *provas):
        assert parte in pagina, parte
    cpf, email = (assinada.usuario.cpf, assinada.usuario.cpf_formatado), assinada.usuario.email
    for parte in (*cpf, email, "Segredo do texto", "termo.pdf", "198.51.100.7", "Navegador/1.0"):
        assert parte not in pagina, parte


def test_the_address_in_the_pdf_leads_here(client: Client) -> None:
    (feita,) = assinar(declarar())
    assert "Declaração autêntica" in texto(client.get(_pagina(feita.codigo)))


def test_the_code_alone_does_not_open_the_file(client: Client, assinada: Assinatura) -> None:
    endereco = reverse("arquivo", args=[assinada.pdf.uuid])
    assert client.get(endereco).status_code == 302
    assert apoio.entrar(contas.usuario()).get(endereco).status_code == 404


def _mudar_texto(assinada: Assinatura) -> None:
    Declaracao.objects.filter(pk=assinada.declaracao_id).update(paragrafos=["Outro texto."])


def _mudar_texto_e_resumo(assinada: Assinatura) -> None:
    outra = declarar(texto="Outro texto.")
    Declaracao.objects.filter(pk=assinada.declaracao_id).update(
        paragrafos=outra.paragrafos, resumo=outra.resumo
    )


def _mudar_pdf(assinada: Assinatura) -> None:
    Arquivo.objects.filter(pk=assinada.pdf_id).update(sha256="0" * 64)


def _perder_pdf(assinada: Assinatura) -> None:
    default_storage.delete(assinada.pdf.chave)


@pytest.mark.parametrize("estragar", [_mudar_texto, _mudar_texto_e_resumo, _mudar_pdf, _perder_pdf])
def test_what_changed_after_the_signature_is_not_confirmed(
    client: Client, assinada: Assinatura, estragar: Any
) -> None:
    estragar(assinada)
    pagina = texto(client.get(_pagina(assinada.codigo)))
    assert "Declaração não confere" in pagina
    assert "Declaração autêntica" not in pagina


@pytest.mark.parametrize("mudar", [str.lower, lambda codigo: f"  {codigo} "])
def test_the_form_takes_the_code_as_people_type_it(client: Client, assinada: Assinatura, mudar: Any) -> None:
    resposta = client.get(reverse("conferir_declaracao"), {"codigo": mudar(assinada.codigo)}, follow=True)
    assert "Declaração autêntica" in texto(resposta)


@pytest.mark.parametrize("mudar", [str.lower, lambda codigo: codigo])
def test_the_case_of_the_address_does_not_matter(client: Client, assinada: Assinatura, mudar: Any) -> None:
    assert client.get(_pagina(mudar(assinada.codigo))).status_code == 200


@pytest.mark.parametrize("codigo", ["AAAAA-BBBBB", "x" * 200, "-"])
def test_a_wrong_code_gets_a_clear_page_with_the_field_to_try_again(client: Client, codigo: str) -> None:
    resposta = client.get(_pagina(codigo))
    assert resposta.status_code == 404
    assert "Nenhuma declaração tem este código. Confira letra por letra" in texto(resposta)
    assert 'name="codigo"' in texto(resposta)


def test_the_empty_form_and_an_impossible_code_are_told_in_place(client: Client) -> None:
    vazia = client.get(reverse("conferir_declaracao"))
    assert not vazia.context["form"].errors
    impossivel = client.get(reverse("conferir_declaracao"), {"codigo": "a b/c"})
    assert "O código só tem letras, números e traços." in texto(impossivel)
    assert 'value="a b/c"' in texto(impossivel)


@pytest.fixture
def com_arquivo() -> tuple[Assinatura, Arquivo]:
    """A signed declaration that speaks of one file."""
    arquivo = guarda.guardar("selfie da Lia.pdf", "application/pdf", fabricas.pdf("Anexo"), None)
    (feita,) = assinar(declarar(arquivo))
    return feita, arquivo


def test_the_files_of_the_declaration_are_told_by_hash_and_never_by_name(
    client: Client, com_arquivo: tuple[Assinatura, Arquivo]
) -> None:
    assinada, arquivo = com_arquivo
    pagina = texto(client.get(_pagina(assinada.codigo)))
    assert arquivo.sha256 in pagina
    assert "Confere" in pagina
    assert "selfie da Lia" not in pagina


def test_a_file_that_is_not_the_one_signed_is_told(
    client: Client, com_arquivo: tuple[Assinatura, Arquivo]
) -> None:
    assinada, arquivo = com_arquivo
    default_storage.delete(arquivo.chave)
    pagina = texto(client.get(_pagina(assinada.codigo)))
    assert "Não confere" in pagina
    assert "Há arquivos guardados que não são os que foram assinados." in pagina


def test_files_are_read_again_only_after_a_while(
    client: Client, com_arquivo: tuple[Assinatura, Arquivo]
) -> None:
    assinada, arquivo = com_arquivo
    client.get(_pagina(assinada.codigo))
    default_storage.delete(arquivo.chave)
    assert "Não confere" not in texto(client.get(_pagina(assinada.codigo)))
