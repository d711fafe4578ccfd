"""The staging of a block of rows: copied in, judged and written by ``sql/``, and counted, in one transaction."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from convenentes.legado.exame import Exame
from convenentes.models import CargaLegado, LinhaLegado

_COMUNS = (
    "linha int", "chave text", "resultado text", "motivo text", "avisos text[]", "mudancas jsonb", "dados jsonb",
)  # fmt: skip


@dataclass(frozen=True)
class _Colunas:
    """What a row gives, in the order of ``conferencia``, and what ``sql/`` finds out."""

    dadas: tuple[str, ...]
    achadas: tuple[str, ...] = ()


_Arquivo = LinhaLegado.Arquivo
_COLUNAS = {
    _Arquivo.CONVENENTES: _Colunas(
        (
            "numero int", "estado text", "razao_social text", "nome_fantasia text", "nome_busca text",
            "natureza_id bigint", "tipo_id bigint", "municipio_id bigint", "data_abertura date", "cep text",
            "logradouro text", "numero_endereco text", "complemento text", "bairro text", "email text",
            "telefone text", "site text", "areas text[]", "respostas jsonb",
        ),
        ("pasta_id bigint",),
    ),
    _Arquivo.PESSOAS: _Colunas(
        ("nome text", "nome_social text", "email text", "telefone text", "senha text"),
    ),
    _Arquivo.VINCULOS: _Colunas(
        ("cnpj text", "cpf text", "papel text", "cargo text", "inicio date", "ultimo date", "mandato_ate date"),
        ("convenente_id bigint", "usuario_id bigint"),
    ),
    _Arquivo.DOCUMENTOS: _Colunas(
        (
            "chave_envio uuid", "cnpj text", "cpf text", "exigencia_id bigint", "tipo_id bigint",
            "emitido_em date", "valido_ate date", "ano_referencia smallint", "aceito_em date", "pessoal boolean",
            "do_mandato boolean", "do_representante boolean", "arquivo text",
        ),
        ("convenente_id bigint", "pasta_id bigint", "mandato_id bigint", "usuario_id bigint", "documento_id bigint"),
    ),
    _Arquivo.RESTRICOES: _Colunas(
        ("cnpj text", "fonte_id bigint", "resposta text", "consultado_em date", "detalhe text"),
        ("convenente_id bigint",),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Pronta:
    """One row after its examination."""

    linha: int
    chave: str
    exame: Exame
    dados: dict[str, Any]
    valores: tuple[Any, ...]


@cache
def _sql(nome: str) -> str:
    return (Path(__file__).parent / "sql" / f"{nome}.sql").read_text()


@contextmanager
def em_bloco() -> Iterator[None]:
    """One block of work: all of it or nothing, in the time that it takes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '300s'; SET LOCAL lock_timeout = '60s'")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def gravar(carga: CargaLegado, arquivo: LinhaLegado.Arquivo, bloco: Iterable[Pronta]) -> None:
    """Write a block: what enters the registry, and what became of each row. The caller opens the transaction."""
    colunas = _COLUNAS[arquivo]
    tipos = (*_COMUNS, *colunas.dadas, *colunas.achadas)
    copiadas = ", ".join(c.split()[0] for c in (*_COMUNS, *colunas.dadas))
    vazios = (None,) * len(colunas.dadas)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS palco; CREATE TEMPORARY TABLE palco ({', '.join(tipos)})")
        with cursor.copy(f"COPY palco ({copiadas}) FROM STDIN") as copia:
            for pronta in bloco:
                copia.write_row(_copiada(pronta, vazios))
        cursor.execute("ANALYZE palco")
        parametros: dict[str, Any] = {"carga": carga.pk, "arquivo": arquivo.value, "agora": timezone.now()}
        for nome in ("antes", arquivo.value, "depois"):
            cursor.execute(_sql(nome), parametros)


def _copiada(pronta: Pronta, vazios: tuple[None, ...]) -> tuple[Any, ...]:
    """Return the row of the staging table. What a rejected row says is not looked at any more."""
    exame = pronta.exame
    rejeitada = bool(exame.motivos)
    return (
        pronta.linha,
        pronta.chave[:120],
        "rejeitada" if rejeitada else None,
        " ".join(exame.motivos),
        exame.avisos,
        json.dumps(exame.mudancas) if exame.mudancas else "{}",
        json.dumps(pronta.dados) if pronta.dados else "{}",
        *(vazios if rejeitada else map(_valor, pronta.valores)),
    )


def _valor(valor: Any) -> Any:
    return json.dumps(valor) if isinstance(valor, dict) else valor
