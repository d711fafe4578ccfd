"""Does the PDF open without a password, does it have pages."""

from io import BytesIO
from typing import IO, Any

import pikepdf
from django.core.files.base import File

from documentos.verificacoes import ativo
from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "pdf", "2"
FIM = 1024  # bytes before the end of the file in which "%%EOF" must be
_PEDACO = 1024 * 1024
_COPIA = "escolha Imprimir → Salvar como PDF e envie a nova cópia"


def inteiro(arquivo: "IO[bytes] | File[Any]") -> Resultado | None:
    """Return the refusal of a PDF without an end, seen without opening it. The parser would mend a file that was cut
    in the middle and count the pages that are left."""
    tamanho = arquivo.seek(0, 2)
    arquivo.seek(max(tamanho - FIM, 0))
    return None if b"%%EOF" in arquivo.read(FIM) else _danificado()


def pode_ter_senha(arquivo: "IO[bytes] | File[Any]") -> bool:
    """Tell whether it is worth opening the PDF just to see whether it is encrypted. Reads it once, in pieces."""
    arquivo.seek(0)
    antes = b""
    while pedaco := arquivo.read(_PEDACO):
        if b"/Encrypt" in antes + pedaco:
            return True
        antes = pedaco[-8:]
    return False


def verificar(conteudo: bytes) -> Resultado:
    """Open the structure of the PDF. Runs in a process of its own (``isolamento``)."""
    return examinar(conteudo, limpar=False)[0][0]


def examinar(conteudo: bytes, *, limpar: bool = True) -> tuple[list[Resultado], bytes | None]:
    """Open the PDF, and say and take out what is active in it; return the copy to serve, if it needs one.

    Runs in a process of its own (``isolamento``).
    """
    corte = inteiro(BytesIO(conteudo))
    if corte is not None:
        return [corte], None
    try:
        with pikepdf.open(BytesIO(conteudo), suppress_warnings=True) as documento:
            estrutura = _restrito(documento) if documento.is_encrypted else _contar(documento)
            if estrutura.situacao == "reprovado" or not limpar:
                return [estrutura], None
            dito, precisa = ativo.verificar(documento, conteudo)
            return [estrutura, dito], _gravar(documento) if precisa else None
    except pikepdf.PasswordError:
        return [
            reprovado(
                NOME,
                VERSAO,
                "o PDF está protegido por senha.",
                f"Abra-o com a senha, {_COPIA}, sem proteção.",
            )
        ], None
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes means the same to the person
        return [_danificado()], None


def _gravar(documento: pikepdf.Pdf) -> bytes:
    saida = BytesIO()
    documento.save(saida)
    return saida.getvalue()


def _danificado() -> Resultado:
    return reprovado(
        NOME,
        VERSAO,
        "o PDF está danificado ou incompleto.",
        "Gere ou baixe o PDF de novo, abra-o e envie.",
    )


def _restrito(documento: pikepdf.Pdf) -> Resultado:
    """It opens without a password, but is encrypted: only who has the owner's password may change it."""
    imprime = documento.allow.print_lowres or documento.allow.print_highres
    return reprovado(
        NOME,
        VERSAO,
        "o PDF abre sem senha, mas tem proteção contra cópia ou alteração.",
        f"Abra-o, {_COPIA}, sem proteção."
        if imprime
        else "Ele também não deixa imprimir: peça a quem o emitiu uma cópia sem proteção.",
    )


def _contar(documento: pikepdf.Pdf) -> Resultado:
    paginas = len(documento.pages)
    if paginas == 0:
        return reprovado(NOME, VERSAO, "o PDF não tem páginas.", "Gere o PDF de novo e confira se ele abre.")
    return aprovado(NOME, VERSAO, f"{paginas} página(s)")
