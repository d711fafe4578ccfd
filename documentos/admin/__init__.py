"""The catalogue, the documents, their files, guidance and the identity requests at the team's desk."""

from documentos.admin import arquivos, catalogo, identidade, orientacoes

__all__ = ["arquivos", "catalogo", "identidade", "orientacoes"]
