"""The team's desk in the admin."""

from convenentes.admin import convenentes, excecoes, fontes, normas, solicitacoes, vinculos

__all__ = ["convenentes", "excecoes", "fontes", "normas", "solicitacoes", "vinculos"]
