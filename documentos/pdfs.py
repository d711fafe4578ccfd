"""Compose accessible PDFs (PDF/UA-1, PDF/A-2a) with typst. Data goes in as data, never as markup."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst


def compor(modelo: Path, dados: dict[str, Any], feito_em: datetime, confere_em: str = "") -> bytes:
    """Return the PDF of a template. With ``confere_em`` it carries a QR code of that address as ``dados.qr``."""
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
