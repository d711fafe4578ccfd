"""What was filled in, ready to be shown: used by the review and by the overview."""

from collections.abc import Collection
from datetime import date
from typing import Any

from contas.documentos_pessoais import formatar_cpf
from contas.models import Usuario
from convenentes import itens
from convenentes.acesso import oferece_arquivos
from convenentes.cnpj import formatar_cnpj
from convenentes.models import AreaAtuacao, MotivoDaAlteracao, Solicitacao
from convenentes.views.documentos import por_grupo
from documentos.models import Documento


def resumo_da_proposta(solicitacao: Solicitacao, usuario: Usuario, papeis: Collection[str]) -> dict[str, Any]:
    """Return the sections as (label, value) pairs, the people, and the documents with their files.

    ``papeis`` are those of the reader: with each document goes whether its files are offered.
    """
    proposta = solicitacao.proposta
    return {
        "dados": _dados(solicitacao),
        "endereco": _endereco(proposta.get("endereco", {})),
        "representante": _representante(proposta.get("representante", {})),
        "dirigentes": [{**d, "cpf": formatar_cpf(d["cpf"])} for d in proposta.get("dirigentes", [])],
        "grupos": por_grupo(solicitacao),
        "documentos": [
            (documento, oferece_arquivos(documento, usuario, papeis))
            for documento in documentos_enviados(solicitacao)
        ],
    }


def _dados(solicitacao: Solicitacao) -> list[tuple[str, str]]:
    dados = solicitacao.proposta.get("dados", {})
    rotulos = dict(AreaAtuacao.choices)
    controlador = dados.get("ente_controlador", "")
    return [
        ("CNPJ", solicitacao.cnpj_formatado),
        ("Natureza jurídica", str(solicitacao.natureza or "")),
        ("Tipo", str(solicitacao.tipo_convenente or "")),
        ("Razão social", dados.get("razao_social", "")),
        ("Nome fantasia", dados.get("nome_fantasia", "")),
        ("Data de abertura do CNPJ", _data(dados.get("data_abertura", ""))),
        ("Site", dados.get("site", "")),
        ("Áreas de atuação", ", ".join(rotulos.get(a, a) for a in dados.get("areas", []))),
        ("CNPJ do município a que está vinculado", formatar_cnpj(controlador) if controlador else ""),
    ]


def _endereco(endereco: dict[str, str]) -> list[tuple[str, str]]:
    cep = endereco.get("cep", "")
    linha = ", ".join(
        endereco[campo] for campo in ("logradouro", "numero_endereco", "complemento") if endereco.get(campo)
    )
    return [
        ("Endereço", linha),
        ("Bairro", endereco.get("bairro", "")),
        ("Município", endereco.get("municipio_nome", "")),
        ("CEP", f"{cep[:5]}-{cep[5:]}" if cep else ""),
        ("E-mail", endereco.get("email", "")),
        ("Telefone", endereco.get("telefone", "")),
    ]


def _representante(mandato: dict[str, str]) -> list[tuple[str, str]]:
    if not mandato:
        return []
    return [
        ("Nome", mandato["nome"]),
        ("CPF", formatar_cpf(mandato["cpf"])),
        ("E-mail", mandato["email"]),
        *_periodo(mandato),
    ]


def _periodo(mandato: dict[str, str]) -> list[tuple[str, str]]:
    motivo = mandato.get("motivo")
    return [
        ("Cargo", mandato["cargo"]),
        ("Início do mandato", _data(mandato["mandato_de"])),
        ("Fim do mandato", _data(mandato["mandato_ate"]) or "Sem prazo"),
        *([("Por que muda", MotivoDaAlteracao(motivo).label)] if motivo else []),
    ]


def resumo_do_mandato(solicitacao: Solicitacao) -> list[tuple[str, str]]:
    """Return who asks to represent the organisation, as those who act for it may read it: no CPF, no e-mail."""
    mandato = solicitacao.proposta["representante"]
    return [("Nome", mandato["nome"]), *_periodo(mandato)]


def _data(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def documentos_enviados(solicitacao: Solicitacao) -> list[Documento]:
    """Documents attached to the items of the request, with their files."""
    documentos = itens.documentos(solicitacao)
    return list(
        documentos.select_related("tipo", "pasta__pessoal").prefetch_related("arquivos").order_by("id")
    )
