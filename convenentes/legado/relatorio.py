"""The account of a load, for the office: totals in HTML, every row that needs somebody in CSV (docs/legado.md)."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.template.loader import render_to_string

from convenentes.cnpj import formatar_cnpj
from convenentes.legado.formato import FORMATOS
from convenentes.models import ArquivoLegado, CargaLegado, LinhaLegado
from convenentes.situacao import Estado

MOSTRADAS = 200
_Resultado = LinhaLegado.Resultado
_DIFERENCAS = """
    SELECT l.linha, l.chave, c.razao_social, s.motivos
    FROM convenentes_linhalegado l
    JOIN convenentes_convenente c ON c.cnpj = l.chave
    JOIN convenentes_situacao s ON s.convenente_id = c.id AND s.substituida_em IS NULL AND s.periodo @> %(hoje)s
    WHERE l.carga_id = %(carga)s AND l.arquivo = 'convenentes' AND l.resultado = 'importada'
      AND l.dados ->> 'situacao' = 'regular' AND NOT s.regular
    ORDER BY c.razao_social, l.id
"""


@dataclass(frozen=True)
class Conta:
    """The account of one file: rows in, and what became of each."""

    nome: str
    lidas: int
    importadas: int
    ja_havia: int
    repetidas: int
    rejeitadas: int
    com_aviso: int
    com_mudanca: int

    @property
    def fecha(self) -> bool:
        """Tell whether every row is accounted for, once."""
        return self.lidas == self.importadas + self.ja_havia + self.repetidas + self.rejeitadas


def contas(carga: CargaLegado) -> list[Conta]:
    """Return the account of each file of the load."""
    por_arquivo = {
        c["arquivo"]: c
        for c in carga.linhas.values("arquivo").annotate(
            lidas=Count("id"),
            importadas=Count("id", filter=Q(resultado=_Resultado.IMPORTADA)),
            ja_havia=Count("id", filter=Q(resultado=_Resultado.JA_HAVIA)),
            repetidas=Count("id", filter=Q(resultado=_Resultado.REPETIDA)),
            rejeitadas=Count("id", filter=Q(resultado=_Resultado.REJEITADA)),
            com_aviso=Count("id", filter=~Q(avisos=[])),
            com_mudanca=Count("id", filter=~Q(mudancas={})),
        )
    }
    return [
        Conta(formato.nome, **{k: v for k, v in por_arquivo[formato.arquivo].items() if k != "arquivo"})
        for formato in FORMATOS
        if formato.arquivo in por_arquivo
    ]


def conta_dos_arquivos(carga: CargaLegado) -> list[tuple[str, int]]:
    """Return how many files of the load are in each state."""
    quantos = dict(carga.arquivos.values_list("estado").annotate(Count("id")).order_by())
    return [(str(e.label), quantos[e]) for e in ArquivoLegado.Estado if e in quantos]


def diferencas(carga: CargaLegado, hoje: date) -> Iterator[tuple[int, str, str, str]]:
    """Yield who was regular and is not by the rule: line, CNPJ, name and what is missing."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFERENCAS, {"carga": carga.pk, "hoje": hoje})
        for linha, cnpj, nome, motivos in cursor:
            yield linha, formatar_cnpj(cnpj), nome, "; ".join(map(_em_palavras, json.loads(motivos)))


def _em_palavras(motivo: dict[str, Any]) -> str:
    if motivo["codigo"] == "cadastro":
        return f"cadastro {motivo['estado']}"
    return f"{motivo['nome']}: {Estado(motivo['estado']).label.lower()}"


def escrever(carga: CargaLegado, pasta: Path, hoje: date, *, gravada: bool) -> Path:
    """Write the report into a folder; return its page."""
    pasta.mkdir(parents=True, exist_ok=True)
    a_ver = carga.linhas.exclude(resultado=_Resultado.IMPORTADA, avisos=[], mudancas={})
    _csv(pasta / "linhas.csv", _COLUNAS_DAS_LINHAS, map(_celulas, a_ver.order_by("pk").iterator()))
    arquivos = carga.arquivos.exclude(estado=ArquivoLegado.Estado.APROVADO).exclude(
        estado=ArquivoLegado.Estado.RECEBIDO
    )
    _csv(
        pasta / "arquivos.csv",
        ("arquivo", "estado", "motivo"),
        ((a.nome, a.get_estado_display(), a.motivo) for a in arquivos.order_by("pk").iterator()),
    )
    irregulares = _csv(
        pasta / "diferencas.csv", ("linha", "cnpj", "razao_social", "por_que"), diferencas(carga, hoje)
    )
    pagina = pasta / "relatorio.html"
    pagina.write_text(
        render_to_string(
            "legado/relatorio.html",
            {
                "carga": carga,
                "gravada": gravada,
                "contas": contas(carga),
                "arquivos": conta_dos_arquivos(carga),
                "irregulares": irregulares,
                "rejeitadas": carga.linhas.filter(resultado=_Resultado.REJEITADA)[:MOSTRADAS],
                "mostradas": MOSTRADAS,
            },
        )
    )
    return pagina


_COLUNAS_DAS_LINHAS = ("arquivo", "linha", "chave", "resultado", "motivo", "a_conferir", "antes_e_depois")


def _celulas(linha: LinhaLegado) -> tuple[object, ...]:
    mudancas = (f"{coluna}: “{antes}” → “{depois}”" for coluna, (antes, depois) in linha.mudancas.items())
    return (
        linha.arquivo,
        linha.linha,
        linha.chave,
        linha.get_resultado_display(),
        linha.motivo,
        "; ".join(linha.avisos),
        "; ".join(mudancas),
    )


def _csv(caminho: Path, colunas: Iterable[str], linhas: Iterable[tuple[object, ...]]) -> int:
    """Write a table that a spreadsheet opens as it is; return how many rows it has."""
    quantas = 0
    with caminho.open("w", encoding="utf-8-sig", newline="") as aberto:
        escritor = csv.writer(aberto, delimiter=";")
        escritor.writerow(colunas)
        for linha in linhas:
            escritor.writerow([_sem_formula(str(celula)) for celula in linha])
            quantas += 1
    return quantas


def _sem_formula(celula: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula."""
    return f"'{celula}" if celula.startswith(("=", "+", "-", "@", "\t", "\r")) else celula
