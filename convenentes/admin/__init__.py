"""The team's desk in the admin."""

from convenentes.admin import convenentes, excecoes, fontes, legado, normas, piad, solicitacoes, vinculos

__all__ = ["convenentes", "excecoes", "fontes", "legado", "normas", "piad", "solicitacoes", "vinculos"]
