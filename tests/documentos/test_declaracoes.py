"""Declarations are written with the data of the case: no hole, no trace of the template."""

import hashlib
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas import fabricas as contas
from contas.documentos_pessoais import limpar_cpf
from contas.models import Usuario
from convenentes import assinaturas
from convenentes import fabricas as convenentes
from convenentes.models import ItemSolicitacao, Secao, Solicitacao
from convenentes.rascunho import salvar_secao
from documentos import declaracoes
from documentos.declaracoes import SemTexto, TextoInvalido
from documentos.models import ModeloDeclaracao, Obtencao, PastaDigital, TipoDocumento, Validade
from tests.documentos import apoio

pytestmark = pytest.mark.django_db


def _caso(slug: str) -> tuple[Solicitacao, Usuario]:
    """A draft with all that the texts of the declarations use."""
    representante = contas.usuario(nome_civil="Lia Representante")
    solicitacao = convenentes.rascunho_de(slug, razao_social="Casa <b>Boa</b> & Cia {{ hoje }}")
    convenentes.nomear(solicitacao, representante, hoje(), cargo="Presidenta")
    if solicitacao.itens.filter(secao=Secao.DIRIGENTES).exists():
        dirigente = {"nome": "Téo Tesoureiro", "cpf": contas.cpf_ficticio(7), "cargo": "Tesoureiro"}
        solicitacao.refresh_from_db()
        salvar_secao(solicitacao, Secao.DIRIGENTES, [dirigente])
    solicitacao.refresh_from_db()
    return solicitacao, representante


@pytest.mark.parametrize("slug", ["osc", "municipio"])
def test_every_declaration_of_a_type_is_written_with_the_data_of_the_case(slug: str) -> None:
    solicitacao, representante = _caso(slug)
    textos = assinaturas.textos_a_assinar(solicitacao)
    assinadas = solicitacao.itens.filter(tipo_documento__obtencao__in=Obtencao.assinadas())
    assert len(textos) == assinadas.exclude(estado=ItemSolicitacao.Estado.NAO_SE_APLICA).count() > 3
    for texto in textos:
        redacao = texto.redacao
        corrido = "\n".join(redacao.paragrafos).replace("{{ hoje }}", "")
        for dado in ("Lia Representante", representante.cpf_formatado, "Presidenta", "Casa <b>Boa</b> & Cia"):
            assert dado in corrido, (redacao.titulo, dado)
        assert redacao.paragrafos[-1] == f"Ouro Preto/MG, {hoje():%d/%m/%Y}."
        assert not re.search(r"[{}]|%\}|  |, ,|CPF ,|CNPJ ,|\( *\)| \.", corrido), redacao.titulo
        assert all(redacao.paragrafos)


def test_the_list_of_directors_names_each_one() -> None:
    solicitacao, _ = _caso("osc")
    (relacao,) = (
        t.redacao.paragrafos
        for t in assinaturas.textos_a_assinar(solicitacao)
        if t.redacao.titulo == "Relação nominal de dirigentes"
    )
    assert relacao[1].startswith("1. Téo Tesoureiro, CPF ")
    assert relacao[1].endswith(", Tesoureiro.")
    (dirigente,) = solicitacao.proposta["dirigentes"]
    assert limpar_cpf(relacao[1].split("CPF ")[1].split(",")[0]) == dirigente["cpf"]


def test_every_published_text_uses_only_what_there_is() -> None:
    textos = ModeloDeclaracao.objects.all()
    assert len(textos) >= 9
    for texto in textos:
        declaracoes.conferir_texto(texto.texto)


def test_every_kind_that_is_signed_has_a_text() -> None:
    sem_texto = TipoDocumento.objects.filter(obtencao__in=Obtencao.assinadas(), modelos=None)
    assert list(sem_texto.values_list("codigo", flat=True)) == []


def test_what_a_person_typed_is_never_read_as_a_template() -> None:
    tipo = apoio.tipo()
    ModeloDeclaracao.objects.create(tipo_documento=tipo, versao=1, titulo="T", texto="Sou {{ nome }}.")
    redacao = declaracoes.redigir(tipo, {"nome": "{{ ano }}{% now 'Y' %}<b>"}, [])
    assert redacao.paragrafos == ["Sou {{ ano }}{% now 'Y' %}<b>."]


def test_the_latest_version_is_used_and_blank_lines_make_paragraphs() -> None:
    tipo = apoio.tipo()
    for versao in (2, 10, 1):
        ModeloDeclaracao.objects.create(
            tipo_documento=tipo, versao=versao, titulo=f"V{versao}", texto="a\nb\n\n\n\n c \n"
        )
    redacao = declaracoes.redigir(tipo, {}, [])
    assert (redacao.titulo, redacao.paragrafos) == ("V10", ["a\nb", "c"])


def test_without_a_published_text_nothing_is_signed() -> None:
    with pytest.raises(SemTexto, match="Não há texto publicado para Documento de teste"):
        declaracoes.redigir(apoio.tipo(), {}, [])


def test_the_hash_is_of_exactly_what_is_read() -> None:
    tipo = apoio.tipo()
    ModeloDeclaracao.objects.create(tipo_documento=tipo, versao=1, titulo="Título", texto="Ação.\n\nFim.")
    anexos = [{"nome": "a.pdf", "sha256": "0" * 64, "arquivo": "u"}]
    redacao = declaracoes.redigir(tipo, {}, anexos)
    lido = {"anexos": anexos, "paragrafos": ["Ação.", "Fim."], "titulo": "Título"}
    canonico = json.dumps(lido, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert redacao.resumo == hashlib.sha256(canonico).hexdigest()
    outro = [{**anexos[0], "sha256": "1" * 64}]
    assert declaracoes.redigir(tipo, {}, outro).resumo != redacao.resumo


@pytest.mark.parametrize(("validade", "ano"), [(Validade.ANO, 2026), (Validade.MANDATO, None)])
def test_what_is_signed_is_frozen_in_the_folder(validade: str, ano: int | None, hoje_e) -> None:
    hoje_e(date(2026, 3, 31))
    tipo, pasta, pessoa = apoio.tipo(validade), PastaDigital.objects.create(), contas.usuario()
    modelo = ModeloDeclaracao.objects.create(tipo_documento=tipo, versao=1, titulo="T", texto="Um.")
    redacao = declaracoes.redigir(tipo, {}, [])
    declaracao = declaracoes.preparar(redacao, pasta, {"razao_social": "R", "cnpj": "C"}, pessoa)
    ModeloDeclaracao.objects.create(tipo_documento=tipo, versao=2, titulo="T", texto="Dois.")
    declaracao.refresh_from_db()
    assert (declaracao.modelo, declaracao.paragrafos, declaracao.resumo) == (modelo, ["Um."], redacao.resumo)
    documento = declaracao.documento
    assert (documento.tipo, documento.pasta, documento.criado_por) == (tipo, pasta, pessoa)
    assert (documento.emitido_em, documento.ano_referencia) == (date(2026, 3, 31), ano)


@pytest.mark.parametrize(
    ("texto", "motivo"),
    [
        ("Eu, {{ representante.nome", "não se fecham"),
        ("Eu, representante.nome }}", "não se fecham"),
        ("Eu, {% if ano", "não se fecham"),
        ("Eu, {{ representante.nome }}, de {{ municipio }}. {% if ano %}Sim{% endif %}", None),
        ("Eu, {{ representante.nom }} e {{ nada }}.", "não existem: representante.nom, nada."),
        ("{% for d in dirigentes %}{{ d.idade }}{% endfor %}", "não existem: d.idade."),
        ("{% if ano %}Sim", "não funciona"),
        ("{{ ano|inventado }}", "não funciona"),
        ("{% load static %}", "não funciona"),
        ("{% include 'base.html' %}", "não funciona"),
    ],
)
def test_a_text_is_tried_before_it_is_published(texto: str, motivo: str | None) -> None:
    if motivo is None:
        declaracoes.conferir_texto(texto)
        return
    with pytest.raises(TextoInvalido, match=motivo):
        declaracoes.conferir_texto(texto)


def test_the_team_is_told_before_publishing_a_text_that_would_break_the_signature() -> None:
    chefe = contas.usuario(is_staff=True, is_superuser=True)
    cliente: Client = apoio.entrar(chefe)
    tipo = apoio.tipo(obtencao=Obtencao.GERADO)
    endereco = reverse("admin:documentos_modelodeclaracao_add")
    dados = {"tipo_documento": tipo.pk, "titulo": "T", "texto": "Eu, {{ representante.nom }}."}
    resposta = cliente.post(endereco, dados)
    assert "Estas variáveis não existem: representante.nom." in resposta.content.decode()
    assert not ModeloDeclaracao.objects.filter(tipo_documento=tipo).exists()
    certo = cliente.post(endereco, {**dados, "texto": "Eu, {{ representante.nome }}."})
    assert certo.status_code == 302
    assert ModeloDeclaracao.objects.filter(tipo_documento=tipo).exists()
