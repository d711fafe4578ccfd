"""The help desk in the admin."""

from atendimento.admin import chamados, contato

__all__ = ["chamados", "contato"]
