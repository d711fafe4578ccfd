from pathlib import Path
from typing import Any

from cagec.correio import caixa_postal

_CARTA = b"""From: cagec@example.org\r
To: ana@example.org\r
Subject: Aviso\r
Date: Thu, 26 Nov 2026 01:12:00 %s\r
\r
Texto.\r
"""


def _hora(settings: Any, tmp_path: Path, fuso: bytes) -> str:
    settings.CAIXA_POSTAL = tmp_path / "caixa"
    for pasta in ("cur", "new", "tmp"):
        (settings.CAIXA_POSTAL / pasta).mkdir(parents=True)
    (settings.CAIXA_POSTAL / "new" / "1.a").write_bytes(_CARTA % fuso)
    (mensagem,) = caixa_postal._mensagens()
    return mensagem.em.isoformat()


def test_a_date_that_names_no_zone_is_utc(settings: Any, tmp_path: Path) -> None:
    assert _hora(settings, tmp_path, b"-0000") == "2026-11-26T01:12:00+00:00"


def test_a_date_keeps_the_zone_that_it_names(settings: Any, tmp_path: Path) -> None:
    assert _hora(settings, tmp_path, b"-0300") == "2026-11-26T01:12:00-03:00"
