"""Is the content what the name says: PDF, JPEG or PNG."""

from pathlib import PurePath

import magic

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "formato", "1"
MIDIAS = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_CONSELHO = "Envie um arquivo PDF, JPEG ou PNG, sem mudar a terminação do nome."


def midia(conteudo: bytes) -> str:
    """Return the media type that the bytes themselves reveal."""
    tipo: str = magic.from_buffer(conteudo[:8192], mime=True)
    return tipo


def verificar(nome: str, conteudo: bytes) -> Resultado:
    """Compare the ending of the name with the content; a PDF must begin with ``%PDF-``."""
    esperada = MIDIAS.get(PurePath(nome).suffix.lower())
    if esperada is None:
        return reprovado(NOME, VERSAO, "este tipo de arquivo não é aceito.", _CONSELHO)
    if midia(conteudo) != esperada:
        return reprovado(
            NOME, VERSAO, "o conteúdo não corresponde à terminação do nome do arquivo.", _CONSELHO
        )
    if esperada == "application/pdf" and not conteudo.startswith(b"%PDF-"):
        return reprovado(
            NOME, VERSAO, "o PDF tem dados estranhos antes do começo.", "Salve-o de novo como PDF."
        )
    return aprovado(NOME, VERSAO, esperada)
