"""The team's desk in the admin."""

from convenentes.admin import convenentes, fontes, solicitacoes

__all__ = ["convenentes", "fontes", "solicitacoes"]
