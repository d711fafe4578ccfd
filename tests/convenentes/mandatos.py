"""Requests for another representante legal, in each state: the tested journeys for real, the rest as rows."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import alteracao, analise
from convenentes.models import Convenente, PapelVinculo, Solicitacao, Vinculo
from tests.convenentes import pedidos


def mandato(pessoa: Usuario, **campos: Any) -> dict[str, Any]:
    """What the form says of the person: from today for four years, after an election."""
    return {
        "cpf": pessoa.cpf,
        "nome": pessoa.nome,
        "email": pessoa.email,
        "cargo": "Presidente",
        "mandato_de": hoje(),
        "mandato_ate": hoje() + timedelta(days=4 * 365),
        "motivo": "eleicao",
        **campos,
    }


def pedido(convenente: Convenente, pessoa: Usuario | None = None, **campos: Any) -> Solicitacao:
    """A draft of the person for the organisation, with every paper attached: only the signature is missing."""
    pessoa = pessoa or usuario()
    (solicitacao,) = alteracao.pedir([convenente.cnpj], pessoa, uuid4(), mandato(pessoa, **campos))
    pedidos.preencher(solicitacao)
    return solicitacao


def enviado(convenente: Convenente, pessoa: Usuario | None = None, **campos: Any) -> Solicitacao:
    """The same, under review."""
    return pedidos.enviar(pedido(convenente, pessoa, **campos))


def aprovado(
    convenente: Convenente, analista: Usuario, pessoa: Usuario | None = None, **campos: Any
) -> Solicitacao:
    """The same, approved."""
    solicitacao = enviado(convenente, pessoa, **campos)
    pedidos.julgar(solicitacao, analista)
    return analise.aprovar(solicitacao, analista)


def quem_representa(convenente: Convenente, dia: date) -> Usuario | None:
    """Who acts as representante legal on a day."""
    representa = Vinculo.objects.vigentes(dia).filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
    vinculo = representa.select_related("usuario").first()
    return vinculo.usuario if vinculo else None
