"""Does the PDF open without a password, does it have pages, does it carry programs."""

from io import BytesIO

import pikepdf

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "pdf", "1"
FIM = 1024
_ACOES = frozenset({"/JavaScript", "/Launch"})
_COMPOSTOS = (pikepdf.Array, pikepdf.Dictionary)
_COPIA = "escolha Imprimir → Salvar como PDF e envie a nova cópia"


def verificar(conteudo: bytes) -> Resultado:
    """Open the structure of the PDF. Runs in a process of its own (``isolamento``)."""
    if b"%%EOF" not in conteudo[-FIM:]:
        return (
            _danificado()
        )  # the parser would mend a file cut in the middle and count the pages that are left
    try:
        with pikepdf.open(BytesIO(conteudo), suppress_warnings=True) as documento:
            return _restrito(documento) if documento.is_encrypted else _examinar(documento)
    except pikepdf.PasswordError:
        return reprovado(
            NOME,
            VERSAO,
            "o PDF está protegido por senha.",
            f"Abra-o com a senha, {_COPIA}, sem proteção.",
        )
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes means the same to the person
        return _danificado()


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


def _examinar(documento: pikepdf.Pdf) -> Resultado:
    paginas = len(documento.pages)
    if paginas == 0:
        return reprovado(NOME, VERSAO, "o PDF não tem páginas.", "Gere o PDF de novo e confira se ele abre.")
    if _tem_programa(documento):
        return reprovado(
            NOME,
            VERSAO,
            "o PDF contém programas (JavaScript ou comandos).",
            f"Abra-o, {_COPIA}.",
        )
    return aprovado(NOME, VERSAO, f"{paginas} página(s)")


def _tem_programa(documento: pikepdf.Pdf) -> bool:
    """Look into every object, and into the dictionaries and lists written inside it."""
    pilha = list(documento.objects)
    while pilha:
        objeto = pilha.pop()
        if isinstance(objeto, pikepdf.Array):
            partes = list(objeto)
        elif isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
            if str(objeto.get("/S", "")) in _ACOES or {"/S", "/JS"} <= set(objeto.keys()):
                return True
            partes = [parte for _, parte in objeto.items()]
        else:
            continue
        pilha.extend(p for p in partes if isinstance(p, _COMPOSTOS) and not p.is_indirect)
    return False
