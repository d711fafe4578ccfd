"""The steps of a request, in order, and which ones are done."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from convenentes import itens
from convenentes.acesso import GERENTES
from convenentes.models import ItemSolicitacao, PapelVinculo, Secao, Solicitacao

URL_DA_SECAO = {
    Secao.DADOS: "solicitacao_dados",
    Secao.ENDERECO: "solicitacao_endereco",
    Secao.REPRESENTANTE: "solicitacao_representante",
    Secao.DIRIGENTES: "solicitacao_dirigentes",
}
_NOME_DA_SECAO = {
    Secao.DADOS: "Dados",
    Secao.ENDERECO: "Endereço e contatos",
    Secao.REPRESENTANTE: "Representante legal",
    Secao.DIRIGENTES: "Dirigentes",
}


@dataclass(frozen=True)
class Etapa:
    """A step: its page, and whether nothing is missing there."""

    codigo: str
    nome: str
    url: str
    feita: bool


def etapas(solicitacao: Solicitacao, papeis: Collection[str]) -> list[Etapa]:
    """Return the steps that a person with ``papeis`` goes through. A usuário manages nobody."""
    gerencia = bool(set(papeis) & GERENTES)
    do_pedido = itens.do_pedido(solicitacao)
    faltas = itens.o_que_falta(solicitacao)
    documentos_em_falta = any(f.item is not None and not f.item.secao for f in faltas)
    tem_documento = any(item.exigencia_id for item in do_pedido)
    lista = _primeiras(solicitacao)
    for secao in itens.secoes(solicitacao) if solicitacao.tipo_convenente else []:
        if secao == Secao.REPRESENTANTE and not gerencia:
            continue
        lista.append(
            _etapa(
                solicitacao, secao, _NOME_DA_SECAO[secao], URL_DA_SECAO[secao], feita=_feita(do_pedido, secao)
            )
        )
    if gerencia and solicitacao.tipo_convenente:
        tem = solicitacao.participantes.filter(papel=PapelVinculo.USUARIO).exists()
        lista.append(_etapa(solicitacao, "pessoas", "Quem ajuda", "solicitacao_pessoas", feita=tem))
    if solicitacao.atualiza:
        lista.append(
            _etapa(
                solicitacao, "adicionar", "Escolher documentos", "solicitacao_adicionar", feita=tem_documento
            )
        )
    if solicitacao.tipo_convenente:
        feita = tem_documento and not documentos_em_falta
        lista.append(_etapa(solicitacao, "documentos", "Documentos", "solicitacao_documentos", feita=feita))
        lista.append(
            _etapa(solicitacao, "revisao", "Revisão e assinatura", "solicitacao_revisao", feita=False)
        )
    return lista


def _primeiras(solicitacao: Solicitacao) -> list[Etapa]:
    if solicitacao.tipo != Solicitacao.Tipo.INSCRICAO:
        return []
    return [
        _etapa(solicitacao, "cnpj", "CNPJ", "solicitacao_cnpj", feita=True),
        _etapa(
            solicitacao,
            "tipo",
            "Tipo",
            "solicitacao_tipo",
            feita=solicitacao.tipo_convenente is not None,
        ),
    ]


def _etapa(solicitacao: Solicitacao, codigo: str, nome: str, url: str, *, feita: bool) -> Etapa:
    return Etapa(codigo, nome, reverse(url, args=[solicitacao.uuid]), feita)


def _feita(do_pedido: list[ItemSolicitacao], secao: Secao) -> bool:
    abertas = {ItemSolicitacao.Estado.A_PREENCHER, ItemSolicitacao.Estado.RECUSADO}
    return any(item.secao == secao and item.estado not in abertas for item in do_pedido)


def proxima(lista: list[Etapa], atual: str) -> str:
    """Return the address of the step after ``atual``; of the last one when there is none."""
    posicao = next((i for i, etapa in enumerate(lista) if etapa.codigo == atual), -1)
    return lista[min(posicao + 1, len(lista) - 1)].url


def passos(lista: list[Etapa], atual: str) -> list[dict[str, str]]:
    """Return the steps as the component {% etapas %} takes them."""
    return [
        {
            "nome": etapa.nome,
            "url": etapa.url,
            "estado": "atual" if etapa.codigo == atual else ("feita" if etapa.feita else "pendente"),
        }
        for etapa in lista
    ]


def link_da_falta(solicitacao: Solicitacao, falta: itens.Falta) -> str:
    """Return the page where what is missing can be given."""
    if falta.item is None:
        if solicitacao.tipo_convenente is None:
            return reverse("solicitacao_tipo", args=[solicitacao.uuid])
        nome = "solicitacao_adicionar" if solicitacao.atualiza else "solicitacao_representante"
        return reverse(nome, args=[solicitacao.uuid])
    if falta.item.secao:
        return reverse(URL_DA_SECAO[Secao(falta.item.secao)], args=[solicitacao.uuid])
    return reverse("solicitacao_documento", args=[solicitacao.uuid, falta.item.uuid])
