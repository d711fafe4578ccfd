"""The help desk in the admin."""

from atendimento.admin import avisos, chamados, contato, manual

__all__ = ["avisos", "chamados", "contato", "manual"]
