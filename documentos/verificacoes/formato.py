"""Is the content PDF, JPEG, PNG, or the HEIC of phones; and is that what the name and the browser say."""

from functools import lru_cache
from pathlib import PurePath

import magic

from documentos.verificacoes.resultado import Resultado, aprovado, atencao, reprovado

NOME, VERSAO = "formato", "3"
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
ACEITOS = ",".join(
    [*TERMINACOES, "image/heif", ".heic", ".heif"]
)  # for ``accept``: few systems know HEIC by its type
_IGUAIS = {"image/heif": "image/heic", "image/jpg": "image/jpeg", "application/x-pdf": "application/pdf"}
_NADA_DIZEM = {"", "application/octet-stream"}
_CONSELHO = "Envie um arquivo PDF, JPEG, PNG ou HEIC."
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
    """Tell by the first ``COMECO`` bytes whether this kind of file is accepted; a PDF must begin with ``%PDF-``.

    What the name says refuses nothing: on a telephone it is hard to change (``nome_certo``).
    """
    fim, vista = PurePath(nome).suffix.lower(), midia(conteudo)
    if vista not in TERMINACOES:
        mente = "o conteúdo não corresponde ao fim do nome do arquivo."
        detalhe = mente if fim in MIDIAS else "este tipo de arquivo não é aceito."
        return reprovado(NOME, VERSAO, detalhe, _CONSELHOS.get(fim, _CONSELHO))
    if vista == "application/pdf" and not conteudo.startswith(b"%PDF-"):
        return reprovado(
            NOME,
            VERSAO,
            "o PDF tem dados estranhos antes do começo.",
            "Abra-o, escolha Imprimir → Salvar como PDF e envie a nova cópia.",
        )
    return aprovado(NOME, VERSAO, vista)


def nome_certo(nome: str, vista: str) -> str:
    """Return the name with the ending of what the file is: nobody opens it as something else."""
    fim = PurePath(nome).suffix.lower()
    if MIDIAS.get(fim) == vista:
        return nome
    return (PurePath(nome).stem if fim in MIDIAS else nome) + TERMINACOES[vista]


def conferir_nome(nome: str, vista: str) -> Resultado | None:
    """Return the note that the name ended as another kind of file does. Without an ending it says nothing."""
    fim = PurePath(nome).suffix.lower()
    if not fim[1:].isalnum() or fim[1:].isdigit() or MIDIAS.get(fim) == vista:
        return None
    return atencao(
        NOME,
        VERSAO,
        f"o nome terminava em {fim}, mas o conteúdo é {TERMINACOES[vista][1:].upper()}.",
        f"Foi guardado com o fim {TERMINACOES[vista]}. Não é preciso fazer nada.",
    )


def conferir_declarada(declarada: str, vista: str) -> Resultado | None:
    """Return the note that the browser declared another media type than the content has. People cannot change what
    their browser declares, so nothing is refused for it: a person of the team looks."""
    if declarada in _NADA_DIZEM or _IGUAIS.get(declarada, declarada) == vista:
        return None
    return atencao(
        NOME,
        VERSAO,
        f"o aparelho disse que o arquivo é {declarada[:60]}, mas ele é {vista}.",
        "Se o arquivo abre bem no seu aparelho, não é preciso fazer nada: a equipe confere.",
    )
