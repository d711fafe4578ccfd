"""The history of the situation: kept at every event and healed every night (docs/dominio.md, Regularity).

Today and the future are answered by the rule; past days by what was kept, both as known now and as said then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from convenentes import situacao
from convenentes.models import Convenente, Situacao
from convenentes.models.historico import SituacaoQuerySet
from documentos.models import Escopo


@dataclass(frozen=True)
class DiaPassado:
    """The answer for a day that is over: what held as known now, and what was said on that very day, if different."""

    dia: date
    vale: Situacao | None
    dissemos: Situacao | None

    @property
    def corrigida(self) -> bool:
        """Tell whether what was said had to be corrected."""
        return self.dissemos is not None and (
            self.vale is None
            or (self.dissemos.regular, self.dissemos.motivos) != (self.vale.regular, self.vale.motivos)
        )


@transaction.atomic
def atualizar(hoje: date, convenentes: Sequence[int] | None = None) -> int:
    """Write what changed, for the given records and those that follow them, or for all; return how many rows.

    Days that nobody wrote are first corrected, each at its own date. ``hoje`` is São Paulo's.
    """
    alvo, todos = _travar(convenentes), convenentes is None
    return _curar(hoje, alvo, todos=todos) + _escrever(hoje, alvo, todos=todos)


@transaction.atomic
def curar(hoje: date, convenentes: Sequence[int] | None = None) -> int:
    """Correct the days before ``hoje`` that nobody wrote: an answer that changed by time alone (``muda_em``).

    Whoever changes a fact that has no date of its own (the state of a record, its data, a mandate) calls it first:
    afterwards the days before would be judged by the new fact.
    """
    return _curar(hoje, _travar(convenentes), todos=convenentes is None)


def com_resposta(regular: bool, hoje: date) -> Q:
    """Return the condition on Convenente that selects the regular records of ``hoje``, or the irregular ones.

    What was kept answers; a record whose answer may have changed by time alone is asked of the rule.
    """
    guardadas = _abertas().filter(Q(muda_em=None) | Q(muda_em__gt=hoje), periodo__startswith__lte=hoje)
    devidas = Convenente.objects.publicos().exclude(pk__in=guardadas.values("convenente"))
    resumos = situacao.resumir(list(devidas.values_list("pk", flat=True)), hoje)
    da_regra = [pk for pk, resumo in resumos.items() if resumo.regular == regular]
    return Q(pk__in=guardadas.filter(regular=regular).values("convenente")) | Q(pk__in=da_regra)


def em(convenente: Convenente, dia: date) -> DiaPassado:
    """Return what the portal knows of a past ``dia``, and what it said then."""
    fim = datetime.combine(dia + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())
    do_dia = Situacao.objects.filter(convenente=convenente, periodo__contains=dia)
    ditas = do_dia.filter(registrada_em__lt=fim).exclude(substituida_em__lt=fim)
    return DiaPassado(dia, do_dia.atuais().first(), ditas.first())


def faixas(convenente: Convenente, hoje: date) -> list[Situacao]:
    """Return the ranges of days up to ``hoje``, newest first, as known now."""
    atuais = Situacao.objects.atuais().filter(convenente=convenente, periodo__startswith__lte=hoje)
    return list(atuais.order_by("-periodo"))


def em_palavras(guardada: Situacao) -> list[str]:
    """Return why a past answer was not regular, as anybody may read it: what is personal is one line."""
    frases = []
    for motivo in guardada.motivos:
        if motivo["codigo"] == "cadastro":
            frases.append(f"O cadastro estava {Convenente.Estado(motivo['estado']).label.lower()}.")
            continue
        pessoal = motivo.get("escopo") == Escopo.REPRESENTANTE
        nome = situacao.SECAO_DO_REPRESENTANTE if pessoal else motivo["nome"]
        estado = situacao.Estado(motivo["estado"]).label.lower()
        frases.append(f"{nome}: {estado}")
    return list(dict.fromkeys(frases))


def _travar(convenentes: Sequence[int] | None) -> list[int]:
    """Lock the records, and the funds and entities whose lines follow them (docs/dominio.md, Catalogue).

    When everybody is written, whoever is being changed at this moment is left to the one who changes it.
    """
    travados = Convenente.objects.select_for_update(
        of=("self",), no_key=True, skip_locked=convenentes is None
    )
    if convenentes is not None:
        travados = travados.filter(Q(pk__in=convenentes) | Q(ente_controlador__in=convenentes))
    return list(travados.exclude(numero=None).order_by("pk").values_list("pk", flat=True))


def _curar(hoje: date, alvo: list[int], *, todos: bool) -> int:
    esquecidas = _abertas().filter(muda_em__lt=hoje)
    if not todos:
        esquecidas = esquecidas.filter(convenente__in=alvo)
    escritas, travados = 0, set(alvo)
    dias = esquecidas.values_list("muda_em", "convenente")
    while devidas := [(dia, pk) for dia, pk in dias.all() if dia and pk in travados]:
        primeiro = min(dia for dia, _ in devidas)
        escritas += _escrever(primeiro, [pk for dia, pk in devidas if dia == primeiro], corrige=True)
    return escritas


def _abertas() -> SituacaoQuerySet:
    return Situacao.objects.atuais().filter(periodo__upper_inf=True)


def _escrever(dia: date, alvo: list[int], *, todos: bool = False, corrige: bool = False) -> int:
    """Write the day of the ``alvo``; with ``todos`` the rule reads everybody, in the memory that this takes."""
    parametros = situacao.parametros(dia, None if todos else alvo)
    with connection.cursor() as cursor:
        if todos:
            # The planner takes each group for 8 kB, and would sort all the lines rather than keep so many in memory.
            cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL hash_mem_multiplier = 1000")
        cursor.execute(_comando(), parametros | {"alvo": alvo, "agora": timezone.now(), "corrige": corrige})
        escritas: int = cursor.rowcount
        return escritas


@cache
def _comando() -> str:
    comando = (Path(__file__).parent / "regras" / "situacao.sql").read_text()
    return comando.replace("{linhas}\n", situacao.regra())
