"""The catalogue, the documents and the identity requests at the team's desk."""

from documentos.admin import catalogo, identidade, orientacoes

__all__ = ["catalogo", "identidade", "orientacoes"]
