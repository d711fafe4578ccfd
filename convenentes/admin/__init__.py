"""The team's desk in the admin."""

from convenentes.admin import convenentes, excecoes, fontes, normas, solicitacoes

__all__ = ["convenentes", "excecoes", "fontes", "normas", "solicitacoes"]
