"""The help desk in the admin."""

from atendimento.admin import avisos, chamados, contato, expediente, manual

__all__ = ["avisos", "chamados", "contato", "expediente", "manual"]
