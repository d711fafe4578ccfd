"""Is the content what the name says: PDF, JPEG, PNG, or the HEIC of phones."""

from functools import lru_cache
from pathlib import PurePath

import magic

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "formato", "2"
COMECO = 8192  # bytes that tell the kind of a file
MIDIAS = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".heic": "image/heic",
    ".heif": "image/heic",
}
TERMINACOES = {midia: fim for fim, midia in reversed(MIDIAS.items())}
_IGUAIS = {"image/heif": "image/heic"}
_CONSELHO = "Envie um arquivo PDF, JPEG ou PNG."
_DO_EDITOR = "Abra-o no programa em que foi escrito, escolha Salvar como PDF e envie o PDF."
_DO_PACOTE = "Abra o pacote, e envie cada documento que está dentro dele."
_CONSELHOS = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), _DO_EDITOR),
    **dict.fromkeys((".zip", ".rar", ".7z"), _DO_PACOTE),
}


def midia(conteudo: bytes) -> str:
    """Return the media type that the bytes themselves reveal."""
    return _midia(conteudo[:COMECO])


@lru_cache(maxsize=1)  # who receives a file asks twice
def _midia(inicio: bytes) -> str:
    tipo: str = magic.from_buffer(inicio, mime=True)
    return _IGUAIS.get(tipo, tipo)


def verificar(nome: str, conteudo: bytes) -> Resultado:
    """Compare the ending of the name with the first ``COMECO`` bytes; a PDF must begin with ``%PDF-``."""
    fim, vista = PurePath(nome).suffix.lower(), midia(conteudo)
    conselho = _CONSELHOS.get(fim, _CONSELHO)
    if fim not in MIDIAS and vista not in TERMINACOES:
        return reprovado(NOME, VERSAO, "este tipo de arquivo não é aceito.", conselho)
    if MIDIAS.get(fim) != vista:
        if vista in TERMINACOES:
            conselho = f"Mude a terminação do nome para {TERMINACOES[vista]} e envie de novo."
        return reprovado(
            NOME, VERSAO, "o conteúdo não corresponde à terminação do nome do arquivo.", conselho
        )
    if vista == "application/pdf" and not conteudo.startswith(b"%PDF-"):
        return reprovado(
            NOME,
            VERSAO,
            "o PDF tem dados estranhos antes do começo.",
            "Abra-o, escolha Imprimir → Salvar como PDF e envie a nova cópia.",
        )
    return aprovado(NOME, VERSAO, vista)
