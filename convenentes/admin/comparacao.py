"""The data of a request beside what the record says today."""

from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from cagec.tempo import hoje
from contas.documentos_pessoais import formatar_cpf
from convenentes import alteracao
from convenentes.cnpj import formatar_cnpj
from convenentes.models import AreaAtuacao, Convenente, MotivoDaAlteracao, Secao, Solicitacao
from convenentes.proposta import proposta_atual

_ROTULOS = {
    "municipio_nome": "Município",
    "nome": "Nome",
    "cpf": "CPF",
    "cargo": "Cargo",
    "mandato_de": "Início do mandato",
    "mandato_ate": "Fim do mandato",
    "motivo": "Por que muda",
}
_DATAS = frozenset({"data_abertura", "mandato_de", "mandato_ate"})


def linhas(solicitacao: Solicitacao, secao: Secao) -> list[tuple[str, str, str]]:
    """Return label, value in the record and value proposed. An inscription has nothing before."""
    novo = _textos(solicitacao.proposta.get(secao, {}))
    antes = _textos(_no_cadastro(solicitacao).get(secao, {}))
    return [(rotulo, antes.get(rotulo, ""), novo.get(rotulo, "")) for rotulo in {**novo, **antes}]


def _no_cadastro(solicitacao: Solicitacao) -> dict[str, Any]:
    if solicitacao.convenente is None or solicitacao.tipo == Solicitacao.Tipo.INSCRICAO:
        return {}
    if solicitacao.altera_representante:
        return {Secao.REPRESENTANTE: alteracao.no_cadastro(solicitacao.convenente, hoje())}
    return proposta_atual(solicitacao.convenente)


def _textos(dados: dict[str, Any] | list[dict[str, Any]]) -> dict[str, str]:
    if isinstance(dados, list):
        return {f"CPF {formatar_cpf(d['cpf'])}": f"{d['nome']} – {d['cargo']}" for d in dados}
    return {_rotulo(campo): _texto(campo, valor) for campo, valor in dados.items() if campo != "municipio"}


def _rotulo(campo: str) -> str:
    if campo in _ROTULOS:
        return _ROTULOS[campo]
    try:
        rotulo = str(getattr(Convenente._meta.get_field(campo), "verbose_name", campo))
    except FieldDoesNotExist:
        rotulo = campo.replace("_", " ")
    return rotulo[0].upper() + rotulo[1:]


def _texto(campo: str, valor: Any) -> str:
    if isinstance(valor, list):
        areas = dict(AreaAtuacao.choices)
        return ", ".join(str(areas.get(item, item)) for item in valor)
    if not valor:
        return ""
    if campo in _DATAS:
        return f"{date.fromisoformat(valor):%d/%m/%Y}"
    if campo == "motivo":
        return str(MotivoDaAlteracao(valor).label)
    return {"cpf": formatar_cpf, "ente_controlador": formatar_cnpj}.get(campo, str)(valor)
