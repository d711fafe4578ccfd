"""What a PDF does besides showing its pages: found, told, and taken out of the copy that is shown.

A signed PDF stays as it is, since any change would break its signatures: there it is only told.
"""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Stream

from documentos.verificacoes.resultado import Resultado, aprovado, atencao

NOME, VERSAO = "conteudo ativo", "1"
_ACOES = {
    "/JavaScript": "JavaScript",
    "/Launch": "comando para abrir outro programa",
    "/ImportData": "comando para buscar dados",
    "/SubmitForm": "comando para enviar dados",
    "/GoToE": "ligação para um arquivo embutido",
    "/Rendition": "mídia",
    "/Movie": "mídia",
    "/Sound": "mídia",
    "/RichMediaExecute": "mídia",
}
_ANOTACOES = {
    "/FileAttachment": "arquivo embutido",
    "/RichMedia": "mídia",
    "/Movie": "mídia",
    "/Screen": "mídia",
    "/3D": "mídia",
}
_CHAVES = {
    "/JavaScript": "JavaScript",
    "/XFA": "formulário XFA",
    "/EmbeddedFiles": "arquivo embutido",
    "/EF": "arquivo embutido",
}
_FIM = re.compile(rb"startxref\s+\d+\s+%%EOF[\0\s]*\Z")
_PACOTE = b"PK\x05\x06"
_CAUDA = 65_557  # bytes from the end in which the directory of a ZIP must begin


def verificar(documento: pikepdf.Pdf, conteudo: bytes) -> tuple[Resultado, bool]:
    """Take the active content out of ``documento``; return what is to be said, and whether a copy must be served."""
    assinado = any("/ByteRange" in parte for parte in _partes(documento))
    achados = {nome for parte in _partes(documento) for nome in _neutralizar(parte, so_olhar=assinado)}
    if _carrega_outro(conteudo):
        achados.add("outro arquivo no fim")
    if not achados:
        return aprovado(NOME, VERSAO), False
    o_que = ", ".join(sorted(achados))
    if assinado:
        return atencao(
            NOME,
            VERSAO,
            f"o PDF é assinado e contém {o_que}; mantido como veio, para não quebrar a assinatura.",
            "Olhe as páginas aqui no portal e não execute nada que o arquivo peça.",
        ), False
    return atencao(
        NOME,
        VERSAO,
        f"o PDF continha {o_que}; retirado da cópia que o portal mostra.",
        "Confira se as páginas continuam como devem ser.",
    ), True


def _neutralizar(parte: Dictionary | Stream, *, so_olhar: bool) -> Iterator[str]:
    """Name what this dictionary does, and empty it unless ``so_olhar``. Whoever refers to it then does nothing."""
    acao, anotacao = _texto(parte, "/S"), _texto(parte, "/Subtype")
    if acao in _ACOES or anotacao in _ANOTACOES or {"/S", "/JS"} <= set(parte.keys()):
        yield _ACOES.get(acao) or _ANOTACOES.get(anotacao) or _ACOES["/JavaScript"]
        proibidas = list(parte.keys()) if isinstance(parte, Dictionary) else ["/S", "/JS", "/Subtype"]
    else:
        proibidas = [chave for chave in _CHAVES if chave in parte]
        yield from (_CHAVES[chave] for chave in proibidas)
    if not so_olhar:
        for chave in proibidas:
            if chave in parte:
                del parte[chave]


def _texto(parte: Dictionary | Stream, chave: str) -> str:
    valor = parte.get(chave)
    return str(valor) if isinstance(valor, pikepdf.Name) else ""


def _partes(documento: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Every dictionary: those that are objects, and those written inside others."""
    pilha = [documento.trailer, *documento.objects]
    while pilha:
        objeto = pilha.pop()
        if isinstance(objeto, Array):
            dentro = list(objeto)
        elif isinstance(objeto, Dictionary | Stream):
            dentro = [valor for _, valor in objeto.items()]
            yield objeto
        else:
            continue
        pilha.extend(p for p in dentro if isinstance(p, Array | Dictionary) and not p.is_indirect)


def _carrega_outro(conteudo: bytes) -> bool:
    """Tell whether something follows the end of the PDF, or a ZIP that shares its bytes."""
    cauda = conteudo[-_CAUDA:]
    return _FIM.search(cauda) is None or _PACOTE in cauda
