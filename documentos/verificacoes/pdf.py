"""Does the PDF open without a password, does it have pages, does it carry programs."""

from io import BytesIO

import pikepdf

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "pdf", "1"
_ACOES = frozenset({"/JavaScript", "/Launch"})


def verificar(conteudo: bytes) -> Resultado:
    """Open the structure of the PDF. Runs in a process of its own (``isolamento``)."""
    try:
        with pikepdf.open(BytesIO(conteudo), suppress_warnings=True) as documento:
            if documento.is_encrypted:
                return _protegido()
            return _examinar(documento)
    except pikepdf.PasswordError:
        return _protegido()
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes means the same to the person
        return reprovado(
            NOME,
            VERSAO,
            "o PDF está danificado ou incompleto.",
            "Gere ou baixe o PDF de novo, abra-o e envie.",
        )


def _protegido() -> Resultado:
    return reprovado(
        NOME,
        VERSAO,
        "o PDF está protegido por senha ou criptografado.",
        "Abra-o, escolha Imprimir → Salvar como PDF e envie a nova cópia, sem proteção.",
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
            "Escolha Imprimir → Salvar como PDF e envie a nova cópia.",
        )
    return aprovado(NOME, VERSAO, f"{paginas} página(s)")


def _tem_programa(documento: pikepdf.Pdf) -> bool:
    raiz = documento.Root
    if "/JavaScript" in raiz.get("/Names", {}):
        return True
    for objeto in documento.objects:
        if isinstance(objeto, pikepdf.Dictionary) and str(objeto.get("/S", "")) in _ACOES:
            return True
    return False
