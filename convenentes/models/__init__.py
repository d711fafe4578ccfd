"""The registry: organisations, who acts for them, requests, proofs, registers and certificates."""

from convenentes.models.comprovacoes import (
    Certificado,
    Comprovacao,
    Fonte,
    ResultadoFonte,
)
from convenentes.models.convenente import AreaAtuacao, Convenente, Dirigente, Municipio
from convenentes.models.solicitacoes import (
    Decisao,
    EventoSolicitacao,
    ItemSolicitacao,
    Participante,
    Secao,
    Solicitacao,
)
from convenentes.models.vinculos import PapelVinculo, Vinculo

__all__ = [
    "AreaAtuacao",
    "Certificado",
    "Comprovacao",
    "Convenente",
    "Decisao",
    "Dirigente",
    "EventoSolicitacao",
    "Fonte",
    "ItemSolicitacao",
    "Municipio",
    "PapelVinculo",
    "Participante",
    "ResultadoFonte",
    "Secao",
    "Solicitacao",
    "Vinculo",
]
