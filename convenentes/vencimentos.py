"""What expires and when: a thin caller of ``regras/vencimentos.sql``, for warnings, the calendar and the panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.rows import args_row

from convenentes import situacao
from documentos.models import Escopo

MANDATO = "mandato"
# A line that expired longer ago than this is a known debt, and no news.
DIAS_DE_ATRASO = 30


@dataclass(frozen=True)
class Vencimento:
    """The last day of one line of one convenente; of a restriction, the day since when it is known."""

    convenente_id: int
    codigo: str
    nome: str
    escopo: str
    vence_em: date
    estado: str
    em_analise: bool
    onde_emitir: str
    emissor: str

    @property
    def restricao(self) -> bool:
        """Tell whether this is a restriction in a register: something to settle there, which has no last day."""
        return self.estado == situacao.Estado.COM_RESTRICAO

    @property
    def mandato(self) -> bool:
        """Tell whether this is the mandate of the representante itself."""
        return self.codigo == MANDATO

    def prazo(self, hoje: date) -> str:
        """Say when it expires, as seen on ``hoje``."""
        if self.restricao:
            return f"com restrição desde {self.vence_em:%d/%m/%Y}"
        dias = (self.vence_em - hoje).days
        if dias < 0:
            return f"venceu em {self.vence_em:%d/%m/%Y}"
        quando = {0: "hoje", 1: "amanhã"}.get(dias, f"em {dias} dias")
        return f"vence em {self.vence_em:%d/%m/%Y} ({quando})"

    @property
    def remedio(self) -> str:
        """Say what to do about it, in whole sentences."""
        casos = (
            (self.em_analise, "O documento novo já está em análise pela equipe CAGEC."),
            (self.restricao, "Regularize junto ao órgão que mantém o cadastro."),
            (
                self.estado == situacao.Estado.AFASTADA,
                "Até essa data a exigência está afastada por lei; depois, apresente o documento.",
            ),
            (
                self.mandato or self.escopo == Escopo.REPRESENTANTE,
                "Quem assumir, ou for reeleito(a), pede a alteração de representante legal no portal.",
            ),
            (
                self.escopo == Escopo.ENTE_CONTROLADOR,
                "Quem renova é o ente controlador, no cadastro dele.",
            ),
            (self.onde_emitir, f"Emita em {self.onde_emitir}"),
            (self.emissor, f"Quem emite: {self.emissor}."),
        )
        return next((frase for vale, frase in casos if vale), "")


def listar(hoje: date, convenentes: Sequence[int] | None) -> dict[int, list[Vencimento]]:
    """Return what expires, of the given convenentes or of all, by convenente and most urgent first, in one query.

    ``hoje`` is São Paulo's. What was renewed in time is not there; what expired in the last 30 days is.
    """
    por_convenente: dict[int, list[Vencimento]] = {}
    with connection.cursor() as cursor:
        cursor.cursor.row_factory = args_row(Vencimento)
        em_ordem = f"{consulta()} ORDER BY convenente_id, vence_em, nome"
        cursor.execute(em_ordem, parametros(hoje, convenentes, date.max))
        for vencimento in cursor.fetchall():
            por_convenente.setdefault(vencimento.convenente_id, []).append(vencimento)
    return por_convenente


def proximo(vencimentos: list[Vencimento], hoje: date) -> Vencimento | None:
    """Return the first that is still to come, ``hoje`` included."""
    return next((v for v in vencimentos if not v.restricao and v.vence_em >= hoje), None)


def parametros(hoje: date, convenentes: Sequence[int] | None, ate: date) -> dict[str, Any]:
    """Return the parameters that ``regras/vencimentos.sql`` takes: what expires until ``ate``, as seen on ``hoje``."""
    prazos = {"desde": hoje - timedelta(days=DIAS_DE_ATRASO), "ate": ate}
    return situacao.parametros(hoje, convenentes) | prazos


@cache
def consulta() -> str:
    """Return the text of the query, to be embedded in others."""
    modelo = (Path(__file__).parent / "regras" / "vencimentos.sql").read_text()
    return modelo.replace("{linhas}\n", situacao.regra())
