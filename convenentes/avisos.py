"""Warnings before an expiry: one digest per convenente and person, each threshold once (docs/dominio.md, Deadlines).

Each threshold is a window, not a day: a missed night loses nothing, and after several only the tightest is sent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from psycopg.rows import args_row

from cagec.correio.fila import enfileirar_em_lote
from cagec.correio.models import Mensagem
from contas.models import NUNCA_ENTROU, Usuario
from convenentes import vencimentos
from convenentes.acesso import GERENTES
from convenentes.models import Convenente, PreferenciaDeAviso, Vinculo
from convenentes.vencimentos import Vencimento

OBRIGATORIOS = frozenset({30, 7, 0})
OPCIONAIS = (90, 60, 15, 1)
_DO_MANDATO = (90, 60, 30)
_DA_LINHA = (60, 30, 15, 7, 1, 0)
_DA_RESTRICAO = (0,)


@dataclass(frozen=True)
class _Alcancado(Vencimento):
    """What is within a threshold: the tightest one reached and the tightest one told before, in days."""

    limiar: int
    antes: int | None
    novo: bool


@dataclass(frozen=True)
class _Destinatario:
    pk: int
    uuid: UUID
    email: str


@transaction.atomic
def avisar(hoje: date) -> int:
    """Queue the digests that are due on ``hoje`` (São Paulo); return how many. Runs every day.

    They go to who acts today as representante legal or responsável of an active record. Whoever is there to be told
    is told: a record without anybody is warned about once it has somebody. Who comes from the legacy registry and has
    not created a password yet hears of nothing but that.
    """
    agora = timezone.now()
    novidades = _emitir(hoje, agora)
    pessoas = _destinatarios(hoje, list(novidades))
    desejos = _desejos({pessoa.pk for lista in pessoas.values() for pessoa in lista})
    registros = dict(Convenente.objects.filter(pk__in=list(novidades)).values_list("pk", "uuid"))
    mensagens = []
    for pk, a_vencer in novidades.items():
        novos = [v for v in a_vencer if v.novo]
        # Somebody may have left a moment ago: that stops the warning of one record, not of all.
        interessadas = [p for p in pessoas.get(pk, []) if any(_quer(v, desejos.get(p.pk)) for v in novos)]
        if interessadas:
            frases = [f"{v.nome}: {v.prazo(hoje)}. {v.remedio}".strip() for v in a_vencer]
            contexto: dict[str, object] = {"convenente": str(registros[pk]), "linhas": frases}
            ocasiao = f"{registros[pk]}:{agora:%Y%m%dT%H%M%S.%f}"
            mensagens += [_digesto(pessoa, ocasiao, contexto) for pessoa in interessadas]
    enfileirar_em_lote(mensagens)
    return len(mensagens)


def preferencia(usuario: Usuario) -> list[int]:
    """Return the optional thresholds that the person gets, in days before the expiry."""
    escolhidos = PreferenciaDeAviso.objects.filter(usuario=usuario).values_list("limiares", flat=True).first()
    return list(OPCIONAIS) if escolhidos is None else escolhidos


def preferir(usuario: Usuario, limiares: Collection[int]) -> None:
    """Keep the optional thresholds that the person wants. The mandatory ones always come."""
    PreferenciaDeAviso.objects.update_or_create(usuario=usuario, defaults={"limiares": sorted(limiares)})


def _emitir(hoje: date, agora: datetime) -> dict[int, list[_Alcancado]]:
    """Write the thresholds that were just reached; return all that is about to expire for the records that have one.

    Two runs at once take turns, so that the second one finds nothing new.
    """
    ate = hoje + timedelta(days=max(*_DO_MANDATO, *_DA_LINHA))
    parametros = vencimentos.parametros(hoje, None, ate) | {
        "agora": agora,
        "da_restricao": sorted(_DA_RESTRICAO),
        "do_mandato": sorted(_DO_MANDATO),
        "da_linha": sorted(_DA_LINHA),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('convenentes.avisos'))")
        cursor.cursor.row_factory = args_row(_Alcancado)
        cursor.execute(_comando(), parametros)
        linhas: list[_Alcancado] = cursor.fetchall()
    return {pk: list(lista) for pk, lista in groupby(linhas, lambda v: v.convenente_id)}


@cache
def _comando() -> str:
    comando = (Path(__file__).parent / "regras" / "avisos.sql").read_text()
    return comando.replace("{vencimentos}\n", vencimentos.consulta())


def _destinatarios(hoje: date, convenentes: Collection[int]) -> dict[int, list[_Destinatario]]:
    """Who is told, by convenente: each person once, whatever the roles."""
    chegaram = Usuario.objects.filter(~NUNCA_ENTROU, is_active=True)
    vinculos = Vinculo.objects.vigentes(hoje).filter(
        papel__in=GERENTES, usuario__in=chegaram, convenente__in=convenentes
    )
    pessoas: dict[int, dict[int, _Destinatario]] = {}
    campos = ("convenente", "usuario", "usuario__uuid", "usuario__email")
    for convenente, pk, uuid, email in vinculos.order_by("pk").values_list(*campos):
        pessoas.setdefault(convenente, {})[pk] = _Destinatario(pk, uuid, email)
    return {convenente: list(por_pk.values()) for convenente, por_pk in pessoas.items()}


def _desejos(pessoas: Iterable[int]) -> dict[int, frozenset[int]]:
    """The thresholds of each person who chose them."""
    escolhas = PreferenciaDeAviso.objects.filter(usuario__in=pessoas).values_list("usuario", "limiares")
    return {pessoa: OBRIGATORIOS | set(limiares) for pessoa, limiares in escolhas}


def _quer(vencimento: _Alcancado, desejo: frozenset[int] | None) -> bool:
    """Tell whether a threshold that the person wants was reached since the last warning about this line."""
    if desejo is None:
        return True
    limiares = _DA_RESTRICAO if vencimento.restricao else _DO_MANDATO if vencimento.mandato else _DA_LINHA
    antes = vencimento.antes
    passados = {d for d in limiares if d >= vencimento.limiar and (antes is None or d < antes)}
    return bool(passados & desejo)


def _digesto(pessoa: _Destinatario, ocasiao: str, contexto: dict[str, object]) -> Mensagem:
    return Mensagem(
        chave=f"vencimentos:{ocasiao}:{pessoa.uuid}",
        tipo="convenentes.vencimentos",
        para=pessoa.email,
        usuario_id=pessoa.pk,
        contexto=contexto,
    )
