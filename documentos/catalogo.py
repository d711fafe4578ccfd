"""Load the catalogue from ``documentos/dados`` into tables that the team then edits in the admin.

Only what is missing, by code, is added: what the team changed is never overwritten. Source of the data:
docs/dominio.md, Catalogue.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from documentos.models import (
    Alternativa,
    Escopo,
    Exigencia,
    Grupo,
    ModeloDeclaracao,
    MotivoRecusa,
    NaturezaJuridica,
    Norma,
    TipoConvenente,
    TipoDocumento,
)
from documentos.normas import publicar

DADOS = Path(__file__).parent / "dados"


def ler(arquivo: str) -> dict[str, Any]:
    """Return the contents of one data file of the catalogue."""
    return tomllib.loads((DADOS / arquivo).read_text())


@transaction.atomic
def carregar() -> dict[str, int]:
    """Add the missing types, natures, documents, obligations, texts and reasons; return how many of each."""
    catalogo = ler("catalogo.toml")
    return {
        "tipos de convenente": _carregar_tipos(catalogo["tipos"]),
        "naturezas jurídicas": _carregar_naturezas(ler("naturezas.toml")["naturezas"]),
        "tipos de documento": _carregar_documentos(ler("documentos.toml")["documentos"]),
        "exigências": _carregar_exigencias(catalogo),
        "textos de declaração": _carregar_textos(ler("textos.toml")["textos"]),
        "motivos de recusa": _carregar_motivos(ler("motivos.toml")["motivos"]),
    }


def tipos_da_exigencia(linha: dict[str, Any], conjuntos: dict[str, list[str]]) -> list[str]:
    """Return the slugs of the types that a line names, one by one or by the name of a set."""
    return [slug for nome in linha["tipos"] for slug in conjuntos.get(nome, [nome])]


def _carregar_tipos(linhas: list[dict[str, Any]]) -> int:
    existentes = set(TipoConvenente.objects.values_list("slug", flat=True))
    novos = [
        TipoConvenente(ordem=ordem, **linha)
        for ordem, linha in enumerate(linhas, start=1)
        if linha["slug"] not in existentes
    ]
    return len(TipoConvenente.objects.bulk_create(novos))


def _carregar_naturezas(linhas: list[dict[str, Any]]) -> int:
    existentes = set(NaturezaJuridica.objects.values_list("codigo", flat=True))
    tipos = {tipo.slug: tipo for tipo in TipoConvenente.objects.all()}
    novas = [linha for linha in linhas if linha["codigo"] not in existentes]
    for linha in novas:
        slugs = linha.get("tipos", [])
        campos = {campo: valor for campo, valor in linha.items() if campo != "tipos"}
        natureza = NaturezaJuridica.objects.create(pode_inscrever=bool(slugs), **campos)
        natureza.tipos.set([tipos[slug] for slug in slugs])
    return len(novas)


def _carregar_documentos(linhas: list[dict[str, Any]]) -> int:
    existentes = set(TipoDocumento.objects.values_list("codigo", flat=True))
    novos = [TipoDocumento(**linha) for linha in linhas if linha["codigo"] not in existentes]
    return len(TipoDocumento.objects.bulk_create(novos))


def _carregar_exigencias(catalogo: dict[str, Any]) -> int:
    """Publish the norm of the file, once. What changes later is another norm, drafted in the admin."""
    if Norma.objects.filter(slug=catalogo["norma"]["slug"]).exists():
        return 0
    norma = Norma.objects.create(**catalogo["norma"])
    tipos = {tipo.slug: tipo for tipo in TipoConvenente.objects.all()}
    documentos = {documento.codigo: documento for documento in TipoDocumento.objects.all()}
    for ordem, linha in enumerate(catalogo["exigencias"], start=1):
        provas = [documentos[codigo] for codigo in linha.get("documentos", [linha["codigo"]])]
        exigencia = Exigencia.objects.create(norma=norma, ordem=ordem * 10, **_campos(linha, provas[0]))
        slugs = tipos_da_exigencia(linha, catalogo["conjuntos"])
        exigencia.tipos.set([tipos[slug] for slug in slugs])
        Alternativa.objects.bulk_create(
            Alternativa(exigencia=exigencia, tipo_documento=documento, ordem=posicao)
            for posicao, documento in enumerate(provas)
        )
    publicar(norma)
    return len(catalogo["exigencias"])


def _campos(linha: dict[str, Any], usual: TipoDocumento) -> dict[str, Any]:
    """Fields of an obligation. What the line leaves out follows from its group and usual document."""
    do_representante = linha["grupo"] == Grupo.REPRESENTANTE
    padrao = {
        "nome": usual.nome,
        "escopo": Escopo.REPRESENTANTE if do_representante else Escopo.CONVENENTE,
        "causa_irregularidade": linha["grupo"] < Grupo.SETORIAL,
    }
    return padrao | {campo: valor for campo, valor in linha.items() if campo not in {"tipos", "documentos"}}


def _carregar_textos(linhas: list[dict[str, Any]]) -> int:
    existentes = set(ModeloDeclaracao.objects.values_list("tipo_documento__codigo", "versao"))
    novos = [linha for linha in linhas if (linha["documento"], linha["versao"]) not in existentes]
    for linha in novos:
        ModeloDeclaracao.objects.create(
            tipo_documento=TipoDocumento.objects.get(codigo=linha["documento"]),
            versao=linha["versao"],
            titulo=linha["titulo"],
            texto=linha["texto"].strip(),
        )
    return len(novos)


def _carregar_motivos(linhas: list[dict[str, Any]]) -> int:
    existentes = set(MotivoRecusa.objects.values_list("codigo", flat=True))
    novos = [
        MotivoRecusa(ordem=ordem, **linha)
        for ordem, linha in enumerate(linhas, start=1)
        if linha["codigo"] not in existentes
    ]
    return len(MotivoRecusa.objects.bulk_create(novos))
