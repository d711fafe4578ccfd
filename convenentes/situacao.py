"""Is a convenente regular on a day, and why: a thin caller of ``regras/linhas.sql``.

Irregular = any mandatory line of groups I to V without a valid proof (Decreto MG 47.132/2017, art. 25). Groups VI
and VII are only signalled. See docs/dominio.md, Regularity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg.rows import class_row

from convenentes.models import Convenente, Fonte
from documentos.models import Grupo, Norma

DIAS_DE_AVISO = 30
# What is said in public of the papers of the representante: never one by one.
SECAO_DO_REPRESENTANTE = "Identificação do representante legal"


class Estado(models.TextChoices):
    VIGENTE = "vigente", "Em dia"
    VENCE_EM_BREVE = "vence_em_breve", "Vence em breve"
    VENCIDO = "vencido", "Vencido"
    NAO_APRESENTADO = "nao_apresentado", "Não apresentado"
    EM_ANALISE = "em_analise", "Em análise"
    RECUSADO = "recusado", "Recusado"
    NAO_SE_APLICA = "nao_se_aplica", "Não se aplica"
    AFASTADA = "afastada", "Exigência afastada"
    NAO_VERIFICADO = "nao_verificado", "Não verificado"
    COM_RESTRICAO = "com_restricao", "Com restrição"
    NAO_ATENDIDO = "nao_atendido", "Não atendido"


_MOTIVOS = {
    Estado.VENCIDO: "venceu em {valido_ate:%d/%m/%Y}",
    Estado.NAO_APRESENTADO: "falta apresentar",
    Estado.EM_ANALISE: "está em análise pela equipe CAGEC",
    Estado.RECUSADO: "houve recusa na análise, falta corrigir",
    Estado.NAO_VERIFICADO: "falta uma verificação recente da equipe CAGEC",
    Estado.COM_RESTRICAO: "o cadastro consultado aponta restrição",
    Estado.NAO_ATENDIDO: "falta atender",
}


def vence_em_palavras(dias: int) -> str:
    """Say in how many days something is valid for the last time."""
    return {0: "Vence hoje", 1: "Vence amanhã"}.get(dias, f"Vence em {dias} dias")


@dataclass(frozen=True)
class Linha:
    """One obligation of one convenente on a day. ``valido_ate`` is inclusive; None means no end, or no proof."""

    convenente_id: int
    exigencia_id: int
    codigo: str
    nome: str
    grupo: int
    ordem: int
    escopo: str
    fonte: str
    causa_irregularidade: bool
    estado: str
    em_analise: bool
    origem: str | None
    documento_id: int | None
    valido_ate: date | None
    vence_em: int | None
    verificado_em: date | datetime | None
    transicao_ate: date | None
    em_transicao: bool | None
    irregular: bool

    @property
    def estado_nome(self) -> str:
        """The state in words; of a line about to expire, in how many days."""
        if self.vence_em is None:
            return str(Estado(self.estado).label)
        return vence_em_palavras(self.vence_em)

    @property
    def motivo(self) -> str:
        """Why the line is not in order, for a sentence that begins with its name; empty when it is."""
        modelo = _MOTIVOS.get(Estado(self.estado), "")
        if "valido_ate" in modelo and self.valido_ate is None:
            return "venceu"
        return modelo.format(valido_ate=self.valido_ate)

    @property
    def tom(self) -> str:
        """Tone of the badge: ok, aviso, erro or neutro."""
        if self.estado == Estado.VIGENTE:
            return "ok"
        informado = self.estado == Estado.NAO_APRESENTADO and not self.causa_irregularidade
        if self.estado in {Estado.NAO_SE_APLICA, Estado.AFASTADA} or informado:
            return "neutro"
        return "erro" if self.irregular else "aviso"


@dataclass(frozen=True)
class Resumo:
    """The answer for a list: regular or not, and how many lines are missing."""

    regular: bool
    pendencias: int
    impedimento: bool


@dataclass(frozen=True)
class Quadro:
    """Everything that the public page and the certificate say about one convenente on a day."""

    convenente: Convenente
    dia: date
    linhas: list[Linha]
    regular: bool
    impedimentos: list[Linha]

    @property
    def irregulares(self) -> list[Linha]:
        return [linha for linha in self.linhas if linha.irregular]

    @property
    def motivo_do_cadastro(self) -> str:
        """Why the record itself cannot be regular, whatever its documents say."""
        estado = self.convenente.estado
        return (
            ""
            if estado == Convenente.Estado.ATIVO
            else f"O cadastro está {Convenente.Estado(estado).label.lower()}."
        )

    @property
    def situacao_mrosc(self) -> str:
        """Whether the specific items of the MROSC are met (Lei 13.019/2014, art. 33); empty for who has none."""
        itens = [linha for linha in self.linhas if linha.grupo == Grupo.MROSC]
        if not itens:
            return ""
        atendidos = all(linha.estado in {Estado.VIGENTE, Estado.NAO_SE_APLICA} for linha in itens)
        return "atendidos" if atendidos else "não atendidos ou não verificados"

    @property
    def data_de_risco(self) -> date | None:
        """The earliest day until which some line that counts is valid: after it, something expires."""
        datas = [
            linha.valido_ate
            for linha in self.linhas
            if linha.valido_ate
            and linha.causa_irregularidade
            and linha.estado in {Estado.VIGENTE, Estado.VENCE_EM_BREVE}
        ]
        return min(datas, default=None)

    @property
    def grupos(self) -> list[tuple[str, list[Linha]]]:
        """Lines under the title of their group, in the order of the annex."""
        return [
            (str(Grupo(grupo).label), linhas)
            for grupo in Grupo.values
            if (linhas := [linha for linha in self.linhas if linha.grupo == grupo])
        ]


@cache
def regra() -> str:
    """Return the text of the rule, a query to be embedded in others."""
    return (Path(__file__).parent / "regras" / "linhas.sql").read_text()


def linhas(
    hoje: date,
    convenentes: Sequence[int] | None = None,
    *,
    catalogo: date | None = None,
    rascunho: Norma | None = None,
) -> list[Linha]:
    """Return the lines on ``hoje`` (São Paulo) of the given convenentes, or of all.

    ``catalogo`` is the day whose obligations are asked for, when it is another one (the freeze of the LDO: Lei MG
    25.440/2025, art. 24); ``rascunho`` a norm not yet published, as if it were in force.
    """
    with connection.cursor() as cursor:
        cursor.cursor.row_factory = class_row(Linha)
        em_ordem = f"{regra()} ORDER BY convenente_id, grupo, ordem"
        cursor.execute(em_ordem, parametros(hoje, convenentes, catalogo, rascunho))
        return list(cursor.fetchall())


def resumir(
    convenentes: Sequence[int] | None,
    hoje: date,
    *,
    catalogo: date | None = None,
    rascunho: Norma | None = None,
) -> dict[int, Resumo]:
    """Return the answer for each convenente, or for all, in one query. One without any line is irregular."""
    consulta = f"""
        SELECT c.id,
               c.estado = 'ativo' AND count(l.exigencia_id) > 0 AND NOT coalesce(bool_or(l.irregular), false),
               count(*) FILTER (WHERE l.irregular),
               coalesce(bool_or(l.estado = 'com_restricao' AND f.impedimento), false)
        FROM convenentes_convenente c
        LEFT JOIN ({regra()}) l ON l.convenente_id = c.id
        LEFT JOIN convenentes_fonte f ON f.codigo = l.fonte
        WHERE %(convenentes)s::bigint[] IS NULL OR c.id = ANY (%(convenentes)s)
        GROUP BY c.id, c.estado
    """  # noqa: S608 - the text comes from our own file
    with connection.cursor() as cursor:
        cursor.execute(consulta, parametros(hoje, convenentes, catalogo, rascunho))
        return {
            pk: Resumo(regular, pendencias, impedimento)
            for pk, regular, pendencias, impedimento in cursor.fetchall()
        }


def quadro(convenente: Convenente, hoje: date, catalogo: date | None = None) -> Quadro:
    """Return the whole picture of one convenente on ``hoje``, by the obligations of ``catalogo`` or of the same day."""
    todas = linhas(hoje, [convenente.pk], catalogo=catalogo)
    impeditivas = set(Fonte.objects.filter(impedimento=True).values_list("codigo", flat=True))
    regular = (
        convenente.estado == Convenente.Estado.ATIVO
        and bool(todas)
        and not any(linha.irregular for linha in todas)
    )
    impedimentos = [
        linha for linha in todas if linha.fonte in impeditivas and linha.estado == Estado.COM_RESTRICAO
    ]
    return Quadro(convenente, hoje, todas, regular, impedimentos)


def parametros(
    hoje: date,
    convenentes: Sequence[int] | None,
    catalogo: date | None = None,
    rascunho: Norma | None = None,
) -> dict[str, Any]:
    """Return the parameters that ``regras/linhas.sql`` takes."""
    fim = datetime.combine(hoje + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())
    return {
        "dia": hoje,
        "fim": fim - timedelta(microseconds=1),
        "catalogo": catalogo or hoje,
        "rascunho": rascunho.pk if rascunho else None,
        "aviso": DIAS_DE_AVISO,
        "convenentes": list(convenentes) if convenentes is not None else None,
    }
