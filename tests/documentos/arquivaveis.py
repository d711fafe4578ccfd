"""PDF/A, the kind of PDF meant for archives, as offices write and scan it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from tests.documentos import folhas

Norma = Literal["a-1b", "a-2a", "a-2b", "a-3b"]
EMBUTIDO = b"<nota><numero>SEGREDO-DA-NOTA</numero></nota>"
_CABECA = """
#set document(title: "Certidão de São João del-Rei", author: "Câmara de Conceição", keywords: "órgão, ação")
#set text(lang: "pt", region: "BR")
"""
_TEXTO = "= Certidão\nDeclaração de inexistência de débitos."
_IMAGEM = '#set page(margin: 0pt)\n#image("folha.jpg", width: 100%, height: 100%, alt: "Página digitalizada")'
_ANEXO = f'#pdf.attach("nota.xml", relationship: "source", mime-type: "application/xml", description: "Nota")\n{_TEXTO}'


def escrito(norma: Norma) -> bytes:
    """Return a page of text in this part and level ("a-1b"), with accents in what it says of itself."""
    return _compor(norma, _TEXTO)


def digitalizado(norma: Norma) -> bytes:
    """Return a page that is a picture, as scanners of public offices make."""
    return _compor(norma, _IMAGEM, {"folha.jpg": folhas.salvar("JPEG", folhas.folha(modo="RGB"))})


def com_dados() -> bytes:
    """Return a PDF/A-3, the only part that may carry any file: here the data that the page shows."""
    return _compor("a-3b", _ANEXO, {"nota.xml": EMBUTIDO})


def _compor(norma: Norma, corpo: str, arquivos: dict[str, bytes] | None = None) -> bytes:
    with TemporaryDirectory() as pasta:
        for nome, conteudo in (arquivos or {}).items():
            (Path(pasta) / nome).write_bytes(conteudo)
        fonte = Path(pasta) / "fonte.typ"
        fonte.write_text(_CABECA + corpo)
        pdf: bytes = typst.compile(str(fonte), root=pasta, pdf_standards=[norma], ignore_system_fonts=True)
    return pdf
