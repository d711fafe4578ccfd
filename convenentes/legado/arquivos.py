"""The files of the documents: received with size, type and hash at once; the deep checks follow, a few at a time.

A file that fails a check stays with its document, and the account says so to a person: nothing is removed.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from convenentes.fontes.leitura import nao_acompanhar
from convenentes.legado.leitura import Exportacao
from convenentes.legado.palco import em_bloco
from convenentes.models import ArquivoLegado, CargaLegado
from documentos import exame
from documentos.armazenamento import armazenamento
from documentos.models import Arquivo, DocumentoArquivo, Verificacao
from documentos.nomes import nome_limpo
from documentos.verificacoes import formato, tamanho
from documentos.verificacoes.resultado import Resultado

BLOCO = 500
POR_VEZ = 60  # deep checks a minute: they share the machine with people who send files
_Estado = ArquivoLegado.Estado
_Examinado = Arquivo.Estado
_CHAVES = """
    SELECT nextval(pg_get_serial_sequence('documentos_arquivo', 'id')) FROM generate_series(1, %(quantas)s)
"""
_SITUAR = """
    UPDATE convenentes_arquivolegado a SET estado = n.estado, motivo = n.motivo, arquivo_id = n.arquivo_id
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS n (id, estado, motivo, arquivo_id)
    WHERE a.id = n.id
"""
# What is in the folder is to be received, whatever an earlier load said; what no document names is noted.
_COMPARAR = """
    UPDATE convenentes_arquivolegado a SET estado = 'ausente', motivo = 'O arquivo não está na pasta.'
    WHERE a.estado = 'a_receber' AND NOT EXISTS (SELECT FROM na_pasta p WHERE p.nome = a.nome);
    UPDATE convenentes_arquivolegado a SET estado = 'a_receber', motivo = ''
    WHERE a.estado = 'ausente' AND EXISTS (SELECT FROM na_pasta p WHERE p.nome = a.nome);
    INSERT INTO convenentes_arquivolegado (carga_id, nome, estado, motivo)
    SELECT %(carga)s, nome, 'sem_linha', 'Nenhuma linha importada cita o arquivo.' FROM na_pasta p
    WHERE NOT EXISTS (SELECT FROM convenentes_arquivolegado a WHERE a.nome = p.nome)
    ORDER BY nome
"""


@dataclass(frozen=True)
class _Recebido:
    item: ArquivoLegado
    documento_id: int
    arquivo: Arquivo
    resultados: list[Resultado]


def comparar(carga: CargaLegado, exportacao: Exportacao) -> None:
    """Compare what the documents name with what is in the folder: what is missing, and what nobody names."""
    with em_bloco(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS na_pasta; CREATE TEMPORARY TABLE na_pasta (nome text)")
        with cursor.copy("COPY na_pasta FROM STDIN") as copia:
            for nome in exportacao.documentos():
                copia.write_row((nome,))
        cursor.execute("ANALYZE na_pasta")
        cursor.execute(_COMPARAR, {"carga": carga.pk})


def receber(
    exportacao: Exportacao,
    ao_ler: Callable[[int, int], None] = nao_acompanhar,
    *,
    guardar: bool,
) -> None:
    """Receive the files that wait for it, some at a time."""
    fila = ArquivoLegado.objects.filter(estado=_Estado.A_RECEBER).order_by("pk")
    total, feitos = fila.count(), 0
    while bloco := list(fila[:BLOCO]):
        recebidos = [r for item in bloco if (r := _receber(exportacao, item, guardar=guardar))]
        if guardar:  # on the disk before a row says that they are here
            armazenamento().sincronizar(r.arquivo.chave for r in recebidos)
        with em_bloco():
            if guardar:
                _registrar(recebidos)
            _situar(bloco)
        feitos += len(bloco)
        ao_ler(feitos, total)


def examinar(quantos: int = POR_VEZ) -> int:
    """Run the deep checks of the oldest files that wait for them; return how many. Runs every minute."""
    fila = ArquivoLegado.objects.filter(estado=_Estado.RECEBIDO).order_by("pk")
    chaves = list(fila.values_list("pk", flat=True)[:quantos])
    for chave in chaves:
        _examinar(chave)
    return len(chaves)


@transaction.atomic
def _examinar(chave: int) -> None:
    travados = ArquivoLegado.objects.select_for_update(of=("self",), skip_locked=True)
    devidos = travados.select_related("arquivo").filter(estado=_Estado.RECEBIDO)
    item = devidos.filter(pk=chave).first()
    if item is None:
        return
    assert item.arquivo is not None
    exame.examinar(item.arquivo.pk)
    item.arquivo.refresh_from_db(fields=["estado"])
    if item.arquivo.estado in _Examinado.em_aberto():
        return  # the scanner is down: another time
    reprovadas = item.arquivo.verificacoes.filter(situacao=Verificacao.Situacao.REPROVADO)
    item.estado = _Estado.REPROVADO if reprovadas else _Estado.APROVADO
    item.motivo = " ".join(v.detalhe for v in reprovadas)
    item.save(update_fields=["estado", "motivo"])


def _receber(exportacao: Exportacao, item: ArquivoLegado, *, guardar: bool) -> _Recebido | None:
    """Look at one file and store it. An empty or oversized one stays where it is, for a person to look at."""
    assert item.documento_id is not None
    caminho = exportacao.documento(item.nome)
    if caminho is None:
        item.estado, item.motivo = _Estado.AUSENTE, "O arquivo não está na pasta."
        return None
    visto = tamanho.verificar(caminho.stat().st_size)
    if visto.situacao == Verificacao.Situacao.REPROVADO:
        item.estado, item.motivo = _Estado.REPROVADO, f"Não foi guardado: {visto.detalhe}"
        return None
    conteudo, nome = caminho.read_bytes(), nome_limpo(item.nome)
    resultado = formato.verificar(nome, conteudo)
    _julgar(item, [resultado], _Estado.RECEBIDO)
    if item.estado == _Estado.RECEBIDO:
        nome = formato.nome_certo(nome, resultado.detalhe)
    sorteado = uuid4().hex
    chave = f"{sorteado[:2]}/{sorteado}"
    if guardar:
        armazenamento().escrever(chave, conteudo)
    arquivo = Arquivo(
        nome=nome,
        chave=chave,
        tipo_midia=formato.midia(conteudo),
        tamanho=len(conteudo),
        sha256=hashlib.sha256(conteudo).hexdigest(),
        estado=_Examinado.COM_PROBLEMA if item.estado == _Estado.REPROVADO else _Examinado.RECEBIDO,
        examinar_em=None,  # by ``examinar`` of this module, which is in no hurry
    )
    return _Recebido(item, item.documento_id, arquivo, [visto, resultado])


def _situar(bloco: list[ArquivoLegado]) -> None:
    """Keep the state of each, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SITUAR,
            [
                [a.pk for a in bloco],
                [str(a.estado) for a in bloco],
                [a.motivo for a in bloco],
                [a.arquivo_id for a in bloco],
            ],
        )


def _registrar(recebidos: list[_Recebido]) -> None:
    """Keep the rows of the files: by COPY, since there are as many as documents and each has several."""
    if not recebidos:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CHAVES, {"quantas": len(recebidos)})
        for recebido, (chave,) in zip(recebidos, cursor.fetchall(), strict=True):
            recebido.arquivo.pk = chave
            recebido.item.arquivo = recebido.arquivo
        _copiar(cursor, [r.arquivo for r in recebidos])
        _copiar(cursor, [DocumentoArquivo(documento_id=r.documento_id, arquivo=r.arquivo) for r in recebidos])
        _copiar(cursor, [exame.anotacao(r.arquivo, dito) for r in recebidos for dito in r.resultados])


def _copiar(cursor: CursorWrapper, linhas: Sequence[Model]) -> None:
    """COPY new rows of one table; the table numbers those that have no key yet."""
    meta = linhas[0]._meta
    campos = [c for c in meta.concrete_fields if not c.primary_key or linhas[0].pk is not None]
    colunas = ", ".join(str(campo.column) for campo in campos)
    with cursor.copy(f"COPY {meta.db_table} ({colunas}) FROM STDIN") as copia:
        for linha in linhas:
            copia.write_row([getattr(linha, campo.attname) for campo in campos])


def _julgar(item: ArquivoLegado, resultados: list[Resultado], bom: str) -> None:
    reprovados = [r for r in resultados if r.situacao == Verificacao.Situacao.REPROVADO]
    item.estado = _Estado.REPROVADO if reprovados else _Estado(bom)
    item.motivo = " ".join(r.detalhe for r in reprovados)
