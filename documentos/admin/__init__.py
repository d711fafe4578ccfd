"""The catalogue, the documents and the identity requests at the team's desk."""

from documentos.admin import catalogo, identidade

__all__ = ["catalogo", "identidade"]
