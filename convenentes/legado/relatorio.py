"""The account of a load, for the office: totals in HTML, every row that needs somebody in CSV (docs/legado.md)."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.template.loader import render_to_string

from convenentes.cnpj import formatar_cnpj
from convenentes.legado.formato import FORMATOS
from convenentes.models import ArquivoLegado, CargaLegado, Convenente, LinhaLegado, Situacao
from convenentes.situacao import Estado

MOSTRADAS = 200
_Resultado = LinhaLegado.Resultado


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


def diferencas(carga: CargaLegado, hoje: date) -> QuerySet[Any]:
    """Return the answers of today of those who were regular and are not by the rule, each with its ``linha``."""
    era_regular = LinhaLegado.objects.filter(
        carga=carga,
        arquivo=LinhaLegado.Arquivo.CONVENENTES,
        resultado=_Resultado.IMPORTADA,
        chave=OuterRef("convenente__cnpj"),
        dados__situacao="regular",
    )
    irregulares = Situacao.objects.atuais().filter(periodo__contains=hoje, regular=False)
    achadas = irregulares.annotate(linha=Subquery(era_regular.values("linha")[:1])).exclude(linha=None)
    return achadas.select_related("convenente").order_by("convenente__nome_busca", "pk")


def o_que_falta(guardada: Situacao) -> dict[str, list[str]]:
    """Return why it is not regular, in words of the team: the lines, by what each one lacks."""
    faltas: dict[str, list[str]] = {}
    for estado, nome in map(_em_palavras, guardada.motivos):
        faltas.setdefault(estado, []).append(nome)
    return faltas


def _em_palavras(motivo: dict[str, Any]) -> tuple[str, str]:
    if motivo["codigo"] == "cadastro":
        return "Cadastro", Convenente.Estado(motivo["estado"]).label.lower()
    return Estado(motivo["estado"]).label, motivo["nome"]


def escrever(carga: CargaLegado, pasta: Path, hoje: date, *, gravada: bool) -> Path:
    """Write the report into a folder; return its page."""
    pasta.mkdir(parents=True, exist_ok=True)
    for nome, tabela in TABELAS.items():
        with (pasta / nome).open("w", encoding="utf-8-sig", newline="") as aberto:
            escritor = csv.writer(aberto, delimiter=";")
            escritor.writerows([_sem_formula(celula) for celula in linha] for linha in tabela(carga, hoje))
    pagina = pasta / PAGINA
    pagina.write_text(em_html(carga, hoje, gravada=gravada))
    return pagina


def em_html(carga: CargaLegado, hoje: date, *, gravada: bool) -> str:
    """Return the page of the report. It stands alone, beside its tables."""
    return render_to_string(
        "legado/relatorio.html",
        {
            "carga": carga,
            "gravada": gravada,
            "contas": contas(carga),
            "arquivos": conta_dos_arquivos(carga),
            "irregulares": diferencas(carga, hoje).count(),
            "rejeitadas": carga.linhas.filter(resultado=_Resultado.REJEITADA)[:MOSTRADAS],
            "mostradas": MOSTRADAS,
        },
    )


def _linhas(carga: CargaLegado, _hoje: date) -> Iterator[tuple[str, ...]]:
    yield ("arquivo", "linha", "chave", "resultado", "motivo", "a_conferir", "antes_e_depois")
    yield from map(_celulas, carga.linhas.a_ver().order_by("pk").iterator())


def _arquivos(carga: CargaLegado, _hoje: date) -> Iterator[tuple[str, ...]]:
    yield ("arquivo", "estado", "motivo")
    for arquivo in carga.arquivos.a_conferir().order_by("pk").iterator():
        yield arquivo.nome, arquivo.get_estado_display(), arquivo.motivo


def _diferencas(carga: CargaLegado, hoje: date) -> Iterator[tuple[str, ...]]:
    yield ("linha", "cnpj", "razao_social", "por_que")
    for s in diferencas(carga, hoje).iterator():
        faltas = "; ".join(f"{estado}: {', '.join(nomes)}" for estado, nomes in o_que_falta(s).items())
        yield str(s.linha), formatar_cnpj(s.convenente.cnpj), s.convenente.razao_social, faltas


PAGINA = "relatorio.html"
# Each table of the report, its first row the names of the columns. They are read row by row, whatever their size.
TABELAS: dict[str, Callable[[CargaLegado, date], Iterator[tuple[str, ...]]]] = {
    "linhas.csv": _linhas,
    "arquivos.csv": _arquivos,
    "diferencas.csv": _diferencas,
}


def antes_e_depois(linha: LinhaLegado) -> str:
    """Return each value that was changed, as it came and as it entered."""
    return "; ".join(
        f"{coluna}: “{antes}” → “{depois}”" for coluna, (antes, depois) in linha.mudancas.items()
    )


def _celulas(linha: LinhaLegado) -> tuple[str, ...]:
    return (
        linha.arquivo,
        str(linha.linha),
        linha.chave,
        linha.get_resultado_display(),
        linha.motivo,
        "; ".join(linha.avisos),
        antes_e_depois(linha),
    )


def _sem_formula(celula: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula."""
    return f"'{celula}" if celula.startswith(("=", "+", "-", "@", "\t", "\r")) else celula
