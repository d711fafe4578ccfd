"""Compose accessible PDFs (PDF/UA-1, PDF/A-2a) with typst. Data goes in as data, never as markup."""

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst

# Latin, Greek, Cyrillic, typography, currencies and arrows: what the fonts inside typst draw. It refuses the rest.
_SEM_DESENHO = re.compile(r"[^\n\u0020-\u04ff\u1e00-\u2040\u20a0-\u20c0\u2116\u2190-\u21ff]")


def compor(modelo: Path, dados: dict[str, Any], feito_em: datetime, confere_em: str = "") -> bytes:
    """Return the PDF of a template. With ``confere_em`` it carries a QR code of that address as ``dados.qr``.

    A character that cannot be drawn (an emoji in the name of a file) is printed as �; an invisible one is left out.
    """
    dados = _desenhavel(dados)
    if confere_em:
        dados = {
            **dados,
            "endereco": confere_em,
            "qr": segno.make(confere_em, error="m").svg_inline(scale=4, omitsize=True),
        }
    pdf: bytes = typst.compile(
        str(modelo),
        sys_inputs={"dados": json.dumps(dados)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=feito_em.astimezone(UTC).replace(microsecond=0),
        ignore_system_fonts=True,
    )
    return pdf


def _desenhavel(dado: Any) -> Any:
    if isinstance(dado, str):
        visivel = "".join(c for c in dado if c == "\n" or unicodedata.category(c)[0] != "C")
        return _SEM_DESENHO.sub("\ufffd", visivel)
    if isinstance(dado, list):
        return [_desenhavel(parte) for parte in dado]
    if isinstance(dado, dict):
        return {nome: _desenhavel(parte) for nome, parte in dado.items()}
    return dado
