"""What an inscription takes from the Receita Federal: the natureza, and fields that come filled in and locked.

When the look-up is off or does not answer, the person types everything and the team sees that nobody checked it.
"""

from datetime import date
from typing import Any

from convenentes.fontes import rfb
from convenentes.inscricao import Impedimento
from convenentes.models import Municipio, Secao, Solicitacao
from convenentes.proposta import RECEITA
from documentos.models import NaturezaJuridica


class FaltaNatureza(Exception):
    """The Receita Federal did not say the natureza jurídica, and neither did the person."""

    def __init__(self) -> None:
        super().__init__(
            "A Receita Federal não respondeu agora. Para continuar, escolha a natureza jurídica que está no "
            "comprovante de inscrição do CNPJ."
        )


def identificar(
    cnpj: str, natureza: NaturezaJuridica | None, hoje: date
) -> tuple[NaturezaJuridica, dict[str, Any] | None]:
    """Return the natureza of a CNPJ and what the proposal keeps of the Receita Federal; None when it did not answer.

    The natureza of the Receita Federal comes before the typed one. Raises Impedimento for a CNPJ that it does not
    have or that is not active, and FaltaNatureza.
    """
    try:
        empresa = rfb.consultar(cnpj)
    except rfb.ForaDoAr:
        if natureza is None:
            raise FaltaNatureza from None
        return natureza, None
    if empresa is None:
        raise Impedimento(
            "A Receita Federal não tem este CNPJ.",
            "Confira os números no comprovante de inscrição. Um CNPJ aberto há poucos dias pode demorar a aparecer.",
        )
    if not empresa.ativa:
        raise Impedimento(
            f"Na Receita Federal, a situação deste CNPJ é {empresa.situacao.lower()}; só um CNPJ ativo se inscreve.",
            "Regularize a situação na Receita Federal e volte aqui quando ela aparecer como ativa.",
        )
    oficial = NaturezaJuridica.objects.filter(codigo=empresa.natureza).first() or natureza
    if oficial is None:
        raise FaltaNatureza
    return oficial, _da_proposta(empresa, hoje)


def _da_proposta(empresa: rfb.Empresa, hoje: date) -> dict[str, Any]:
    """What was left blank there, or a município that we do not know, stays for the person to type."""
    dados = {
        "razao_social": empresa.razao_social,
        "nome_fantasia": empresa.nome_fantasia,
        "data_abertura": empresa.data_abertura.isoformat() if empresa.data_abertura else "",
    }
    endereco = {
        "cep": empresa.cep if len(empresa.cep) == 8 else "",
        "logradouro": empresa.logradouro,
        "numero_endereco": empresa.numero,
        "complemento": empresa.complemento,
        "bairro": empresa.bairro,
    }
    municipio = Municipio.objects.filter(codigo_ibge=empresa.codigo_ibge).first()
    if municipio is not None:
        endereco |= {"municipio": municipio.codigo_ibge, "municipio_nome": str(municipio)}
    return {
        "consultada_em": hoje.isoformat(),
        "situacao": empresa.situacao,
        Secao.DADOS.value: {campo: valor for campo, valor in dados.items() if valor},
        Secao.ENDERECO.value: {campo: valor for campo, valor in endereco.items() if valor},
    }


def conferencia(solicitacao: Solicitacao) -> str:
    """Say whether the CNPJ of an inscription was looked up, for who analyses it."""
    consultada = solicitacao.proposta.get(RECEITA)
    if consultada is None:
        return "CNPJ não conferido na Receita Federal: os dados foram digitados."
    dia = date.fromisoformat(consultada["consultada_em"])
    return f"CNPJ conferido na Receita Federal em {dia:%d/%m/%Y}: situação {consultada['situacao'].lower()}."
