"""Bring an export in, block by block: each one whole, with the account of its rows, so that a load can be killed.

A dry run is the same work undone at the end: it cannot promise what the import would not do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from getpass import getuser
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max
from django.utils import timezone

from convenentes import historico
from convenentes.fontes.leitura import nao_acompanhar
from convenentes.legado import arquivos, conferencia, palco
from convenentes.legado.catalogo import Catalogo
from convenentes.legado.exame import Exame
from convenentes.legado.exame import cpf as ler_cpf
from convenentes.legado.leitura import Exportacao, LegadoRecusado, Linha, Tabela
from convenentes.legado.palco import Pronta, em_bloco
from convenentes.models import CargaLegado, Convenente, LinhaLegado

BLOCO = 10_000
ESPERA = 30  # seconds
_Arquivo = LinhaLegado.Arquivo
_EXAMINAR: dict[str, Callable[[Exame, Catalogo], conferencia.Examinada]] = {
    _Arquivo.CONVENENTES: conferencia.convenente,
    _Arquivo.PESSOAS: conferencia.pessoa,
    _Arquivo.VINCULOS: conferencia.vinculo,
    _Arquivo.DOCUMENTOS: conferencia.documento,
    _Arquivo.RESTRICOES: conferencia.restricao,
}
_CONCLUIR = Path(__file__).parent / "sql" / "concluir.sql"
# The rule for all reads them next: the planner must not take them for empty. The role may (migration 0017).
CHEIAS = (
    "contas_usuario", "documentos_documento", "convenentes_convenente", "convenentes_vinculo",
    "convenentes_comprovacao", "convenentes_resultadofonte",
)  # fmt: skip
# Numbers of the record that come next must follow those that came.
_NUMERAR = """
    SELECT count(nextval('convenentes_numero_do_cadastro'))
    FROM generate_series(1, greatest(0, %(maior)s - (SELECT last_value FROM convenentes_numero_do_cadastro)))
"""


@dataclass(frozen=True)
class Passo:
    """What a step shows while it works: what it does, and how far it is."""

    mostrar: Callable[[str], Callable[[int, int], None]] = lambda _rotulo: nao_acompanhar


def _pegar_a_vez(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(hashtext('convenentes.legado'))")
    return bool(cursor.fetchone()[0])


@contextmanager
def uma_de_cada_vez() -> Iterator[None]:
    """Hold the turn until the end, or until this process dies. Raises LegadoRecusado while another one works.

    Of a process that was killed, the server still ends the statement under way: that is waited for.
    """
    fim = time.monotonic() + ESPERA
    with connection.cursor() as cursor:
        while not _pegar_a_vez(cursor):
            if time.monotonic() > fim:
                raise LegadoRecusado("Outra carga está em andamento. Espere que termine.")
            time.sleep(0.2)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('convenentes.legado'))")


def abrir_carga(exportacao: Exportacao, *, retomar: bool) -> CargaLegado:
    """Return a new load, or the one that stopped half-way. Raises LegadoRecusado for the wrong choice."""
    parada = CargaLegado.objects.filter(concluida_em=None).first()
    if parada is None and retomar:
        raise LegadoRecusado("Não há carga parada a retomar.")
    if parada is not None and not retomar:
        raise LegadoRecusado(f"A carga {parada} parou no meio. Use --retomar para continuar.")
    if parada is not None and parada.sha256 != exportacao.sha256:
        raise LegadoRecusado(f"Os arquivos não são os da carga que parou ({parada}).")
    return parada or CargaLegado.objects.create(
        origem=exportacao.nome[:255], sha256=exportacao.sha256, quem=getuser()[:100]
    )


def importar(
    exportacao: Exportacao,
    hoje: date,
    *,
    gravar: bool,
    retomar: bool = False,
    passo: Passo | None = None,
    relatar: Callable[[CargaLegado], Any] = lambda _carga: None,
) -> CargaLegado:
    """Bring everything in, and let ``relatar`` read the account. Without ``gravar`` all is undone afterwards.

    Raises LegadoRecusado, with nothing changed.
    """
    passo = passo or Passo()
    with uma_de_cada_vez():
        if gravar:
            carga = abrir_carga(exportacao, retomar=retomar)
            _trazer(carga, exportacao, hoje, passo, guardar=True)
            relatar(carga)
            return carga
        with transaction.atomic():
            carga = abrir_carga(exportacao, retomar=retomar)
            _trazer(carga, exportacao, hoje, passo, guardar=False)
            relatar(carga)
            transaction.set_rollback(True)
        return carga


def _trazer(carga: CargaLegado, exportacao: Exportacao, hoje: date, passo: Passo, *, guardar: bool) -> None:
    importar_linhas(carga, exportacao, hoje, passo)
    arquivos.comparar(carga, exportacao)
    arquivos.receber(exportacao, passo.mostrar("arquivos"), guardar=guardar)
    _concluir(carga, hoje, guardar=guardar)


def importar_linhas(
    carga: CargaLegado, exportacao: Exportacao, hoje: date, passo: Passo | None = None
) -> None:
    """Bring in the rows of every file that have not been counted yet."""
    catalogo = Catalogo(hoje, exportacao.naturezas)
    for tabela in exportacao.tabelas:
        _importar_tabela(carga, tabela, catalogo, (passo or Passo()).mostrar(tabela.formato.nome))


def _importar_tabela(
    carga: CargaLegado, tabela: Tabela, catalogo: Catalogo, ao_ler: Callable[[int, int], None]
) -> None:
    """Bring in the rows of one file, a block at a time."""
    arquivo = tabela.formato.arquivo
    contadas = carga.linhas.filter(arquivo=arquivo).aggregate(ultima=Max("linha"))["ultima"] or 0
    linhas = iter(tabela.ler(depois_de=contadas))
    # The whole file of links is one block: which of two overlapping mandates stays depends on both.
    tamanho = tabela.linhas if arquivo == _Arquivo.VINCULOS else BLOCO
    while (primeira := next(linhas, None)) is not None:
        bloco = chain([primeira], islice(linhas, tamanho - 1))
        with em_bloco():
            palco.gravar(carga, arquivo, _examinar(arquivo, bloco, catalogo, tabela.linhas, ao_ler))


def _examinar(
    arquivo: LinhaLegado.Arquivo,
    bloco: Iterator[Linha],
    catalogo: Catalogo,
    total: int,
    ao_ler: Callable[[int, int], None],
) -> Iterator[Pronta]:
    examinar = _EXAMINAR[arquivo]
    for linha in bloco:
        exame = Exame(linha.campos)
        if linha.defeito:
            exame.motivos.append(linha.defeito)
            yield Pronta(linha.numero, "", exame, {}, ())
        else:
            chave, dados, valores = examinar(exame, catalogo)
            if _apagada(exame, catalogo):
                chave, dados, exame = "", {}, Exame({})
                exame.motivos.append("cpf: a pessoa pediu que seus dados fossem apagados.")
            yield Pronta(linha.numero, chave, exame, dados, valores)
        ao_ler(linha.numero, total)


def _apagada(exame: Exame, catalogo: Catalogo) -> bool:
    """Tell whether the row is about somebody who was erased here: then not even its account names the person."""
    try:
        return ler_cpf(exame.bruto("cpf")) in catalogo.apagadas
    except ValueError:
        return False


def _concluir(carga: CargaLegado, hoje: date, *, guardar: bool) -> None:
    """Join what depends on all the rows, answer for every record by the rule, and close the load."""
    with em_bloco(), connection.cursor() as cursor:
        cursor.execute(_CONCLUIR.read_text(), {"carga": carga.pk})
        cursor.execute(f"ANALYZE {', '.join(CHEIAS)}")
        historico.atualizar(hoje)
        if guardar:
            maior = Convenente.objects.aggregate(maior=Max("numero"))["maior"] or 0
            cursor.execute(_NUMERAR, {"maior": maior})
        carga.concluida_em = timezone.now()
        carga.save(update_fields=["concluida_em"])
