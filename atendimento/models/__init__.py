"""Rows of the help desk."""

from atendimento.models.chamados import (
    Categoria,
    Chamado,
    EventoDoChamado,
    MensagemDoChamado,
    RespostaPronta,
)
from atendimento.models.contato import Contato

__all__ = ["Categoria", "Chamado", "Contato", "EventoDoChamado", "MensagemDoChamado", "RespostaPronta"]
