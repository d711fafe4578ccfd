"""A registry of records made row by row from a mould, in the database itself: always the same one."""

from datetime import date
from typing import Any

from django.db import connection

from convenentes.models import Comprovacao, Convenente, Vinculo
from tests.convenentes import mundo
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Mandato, Mundo, Obrigacao, Organizacao, Prova

VALIDADES = ("IMPRESSA",) * 8 + ("ANO", "FIXA", "PERM", "PERM", "MANDATO", "MANDATO", "MANDATO")
OBRIGACOES = tuple(
    Obrigacao(f"linha-{n}", validades=(validade,), grupo=1 + n % 5) for n, validade in enumerate(VALIDADES)
)
_BASE = 1_000_000


def criar() -> int:
    """Publish the catalogue and write the mould, in order until ``HOJE`` + 90. Returns its key."""
    regras = mundo.catalogo(OBRIGACOES, {}, date(2021, 1, 1))
    provas = tuple(
        Prova(o.codigo, as_(dias(-90)), o.validades[0], dias(90), HOJE.year, mandato=0) for o in OBRIGACOES
    )
    molde = Organizacao(mandatos=(Mandato(dias(-600), dias(600)),), provas=provas)
    (registro,) = mundo.povoar(Mundo(OBRIGACOES, (molde,), {}), regras)
    return registro.pk


def copiar(molde: int, de: int, ate: int) -> None:
    """Write the records number ``de`` to ``ate``, with 15 proofs each; one proof in a hundred has expired."""
    pasta, papeis = Convenente.objects.get(pk=molde).pasta_id, f"{_BASE} + n * 100 + posicao"
    _copiar("documentos_pastadigital", [pasta], de, ate, id=f"{_BASE} + n", uuid="gen_random_uuid()")
    nome = "'organizacao ' || n"
    _copiar(
        "convenentes_convenente", [molde], de, ate,
        id=f"{_BASE} + n", uuid="gen_random_uuid()", cnpj="lpad(n::text, 14, '0')", numero=f"{_BASE} + n",
        pasta_id=f"{_BASE} + n", razao_social=nome, nome_busca=nome,
    )  # fmt: skip
    mandatos = Vinculo.objects.filter(convenente=molde)
    _copiar(
        "convenentes_vinculo", list(mandatos.values_list("pk", flat=True)), de, ate,
        id=f"{_BASE} + n", uuid="gen_random_uuid()", convenente_id=f"{_BASE} + n",
    )  # fmt: skip
    # Each proof has a document of its own, of the kind that its line accepts.
    provas = Comprovacao.objects.filter(convenente=molde).order_by("pk")
    vence = f"CASE WHEN (n * 7 + posicao) %% 100 = 0 THEN date '{dias(-1)}' ELSE date '{HOJE}' + 30 + n %% 150 END"
    _copiar(
        "documentos_documento", [k.documento_id for k in provas], de, ate,
        id=papeis, uuid="gen_random_uuid()", chave_envio="gen_random_uuid()", pasta_id=f"{_BASE} + n", valido_ate=vence,
    )  # fmt: skip
    _copiar(
        "convenentes_comprovacao", [k.pk for k in provas], de, ate,
        id=papeis, convenente_id=f"{_BASE} + n", documento_id=papeis, mandato_id=f"{_BASE} + n",
    )  # fmt: skip


def _copiar(tabela: str, moldes: list[Any], de: int, ate: int, **campos: str) -> None:
    """Insert each mould once for each ``n``; ``posicao`` is that of the mould."""
    novos = ", ".join(f"'{campo}', {expressao}" for campo, expressao in campos.items())
    comando = f"""
        INSERT INTO {tabela}
        SELECT copia.*
        FROM generate_series(%s::int, %s::int) n
        CROSS JOIN unnest(%s::bigint[]) WITH ORDINALITY AS escolhido (pk, posicao)
        JOIN {tabela} molde ON molde.id = escolhido.pk
        CROSS JOIN LATERAL jsonb_populate_record(molde, jsonb_build_object({novos})) copia
    """  # noqa: S608 - only names written in this file
    with connection.cursor() as cursor:
        cursor.execute(comando, [de, ate, moldes])
