"""Rows of the help desk."""

from atendimento.models.avisos import AvisoDoPortal
from atendimento.models.chamados import (
    Categoria,
    Chamado,
    EventoDoChamado,
    MensagemDoChamado,
    RespostaPronta,
)
from atendimento.models.contato import Contato
from atendimento.models.expediente import DiaSemExpediente
from atendimento.models.manual import VersaoDaPagina

__all__ = [
    "AvisoDoPortal",
    "Categoria",
    "Chamado",
    "Contato",
    "DiaSemExpediente",
    "EventoDoChamado",
    "MensagemDoChamado",
    "RespostaPronta",
    "VersaoDaPagina",
]
