"""The registry: organisations, who acts for them, requests, proofs, registers and certificates."""

from convenentes.models.comprovacoes import Certificado, Comprovacao
from convenentes.models.convenente import AreaAtuacao, Convenente, Dirigente, Municipio
from convenentes.models.excecoes import Excecao
from convenentes.models.fontes import CargaFonte, Fonte, IndisponibilidadeFonte, ResultadoFonte
from convenentes.models.historico import Situacao
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
    "CargaFonte",
    "Certificado",
    "Comprovacao",
    "Convenente",
    "Decisao",
    "Dirigente",
    "EventoSolicitacao",
    "Excecao",
    "Fonte",
    "IndisponibilidadeFonte",
    "ItemSolicitacao",
    "Municipio",
    "PapelVinculo",
    "Participante",
    "ResultadoFonte",
    "Secao",
    "Situacao",
    "Solicitacao",
    "Vinculo",
]
