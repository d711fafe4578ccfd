"""Warnings before an expiry: one digest per convenente and person, each threshold once (docs/dominio.md, Deadlines).

Each threshold is a window, not a day: a missed night loses nothing, and after several only the tightest is sent.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar_em_lote
from cagec.correio.models import Mensagem
from contas.models import Usuario
from convenentes import vencimentos
from convenentes.acesso import GERENTES
from convenentes.models import Convenente, PreferenciaDeAviso, Vinculo
from convenentes.vencimentos import Vencimento

OBRIGATORIOS = frozenset({30, 7, 0})
OPCIONAIS = (90, 60, 15, 1)
_DO_MANDATO = (90, 60, 30)
_DA_LINHA = (60, 30, 15, 7, 1, 0)
_DA_RESTRICAO = (0,)

Chave = tuple[int, str, date]  # convenente, line, day of expiry


@dataclass(frozen=True)
class _Novo:
    """A threshold that was just reached, and the tightest one that had been told before."""

    pk: int
    limiar: int
    antes: int | None


@transaction.atomic
def avisar(hoje: date) -> int:
    """Queue the digests that are due on ``hoje`` (São Paulo); return how many. Runs every day.

    They go to who acts today as representante legal or responsável of an active record. Whoever is there to be told
    is told: a record without anybody is warned about once it has somebody.
    """
    pessoas = _destinatarios(hoje)
    a_vencer = {
        convenente: [v for v in lista if _limiar(v, hoje) is not None]
        for convenente, lista in vencimentos.listar(hoje, list(pessoas)).items()
    }
    novos = _emitir([v for lista in a_vencer.values() for v in lista], hoje)
    desejos = _desejos({pessoa.pk for lista in pessoas.values() for pessoa in lista})
    mensagens = []
    for pk, alvo in Convenente.objects.in_bulk({convenente for convenente, _, _ in novos}).items():
        do_alvo = [(v, novo) for v in a_vencer[pk] if (novo := novos.get(_chave(v)))]
        ocasiao = f"{alvo.uuid}:{max(novo.pk for _, novo in do_alvo)}"
        mensagens += [
            _digesto(alvo, pessoa, ocasiao, a_vencer[pk], hoje)
            for pessoa in pessoas[pk]
            if any(_quer(v, novo, desejos.get(pessoa.pk)) for v, novo in do_alvo)
        ]
    enfileirar_em_lote(mensagens)
    return len(mensagens)


def preferencia(usuario: Usuario) -> list[int]:
    """Return the optional thresholds that the person gets, in days before the expiry."""
    escolhidos = PreferenciaDeAviso.objects.filter(usuario=usuario).values_list("limiares", flat=True).first()
    return list(OPCIONAIS) if escolhidos is None else escolhidos


def preferir(usuario: Usuario, limiares: Collection[int]) -> None:
    """Keep the optional thresholds that the person wants. The mandatory ones always come."""
    PreferenciaDeAviso.objects.update_or_create(usuario=usuario, defaults={"limiares": sorted(limiares)})


def _destinatarios(hoje: date) -> dict[int, list[Usuario]]:
    """Who is told, by active convenente: each person once, whatever the roles."""
    vinculos = Vinculo.objects.vigentes(hoje).filter(
        papel__in=GERENTES, usuario__is_active=True, convenente__estado=Convenente.Estado.ATIVO
    )
    pessoas: dict[int, dict[int, Usuario]] = {}
    for vinculo in vinculos.select_related("usuario"):
        pessoas.setdefault(vinculo.convenente_id, {})[vinculo.usuario_id] = vinculo.usuario
    return {convenente: list(por_pk.values()) for convenente, por_pk in pessoas.items()}


def _desejos(pessoas: Collection[int]) -> dict[int, frozenset[int]]:
    """The thresholds of each person who chose them."""
    escolhas = PreferenciaDeAviso.objects.filter(usuario__in=pessoas).values_list("usuario", "limiares")
    return {pessoa: OBRIGATORIOS | set(limiares) for pessoa, limiares in escolhas}


def _limiares(vencimento: Vencimento) -> tuple[int, ...]:
    if vencimento.restricao:
        return _DA_RESTRICAO
    return _DO_MANDATO if vencimento.codigo == vencimentos.MANDATO else _DA_LINHA


def _limiar(vencimento: Vencimento, hoje: date) -> int | None:
    """The tightest threshold reached on ``hoje``; None when it is too early."""
    dias = (vencimento.vence_em - hoje).days
    return min((limiar for limiar in _limiares(vencimento) if dias <= limiar), default=None)


def _chave(vencimento: Vencimento) -> Chave:
    return (vencimento.convenente_id, vencimento.codigo, vencimento.vence_em)


def _emitir(alcancados: list[Vencimento], hoje: date) -> dict[Chave, _Novo]:
    """Write what was not told yet, in one statement that two runs at once share without repeating anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO convenentes_avisoemitido AS novo (convenente_id, codigo, vence_em, limiar, emitido_em)
            SELECT *, %s FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::smallint[])
            ON CONFLICT DO NOTHING
            RETURNING convenente_id, codigo, vence_em, id, limiar, (
                SELECT min(a.limiar) FROM convenentes_avisoemitido a
                WHERE (a.convenente_id, a.codigo, a.vence_em) = (novo.convenente_id, novo.codigo, novo.vence_em))
            """,
            [
                timezone.now(),
                [v.convenente_id for v in alcancados],
                [v.codigo for v in alcancados],
                [v.vence_em for v in alcancados],
                [_limiar(v, hoje) for v in alcancados],
            ],
        )
        return {
            (convenente, codigo, dia): _Novo(*novo) for convenente, codigo, dia, *novo in cursor.fetchall()
        }


def _quer(vencimento: Vencimento, novo: _Novo, desejo: frozenset[int] | None) -> bool:
    """Tell whether a threshold that the person wants was reached since the last warning about this line."""
    passados = {
        d for d in _limiares(vencimento) if d >= novo.limiar and (novo.antes is None or d < novo.antes)
    }
    return bool(passados if desejo is None else passados & desejo)


def _digesto(
    convenente: Convenente, pessoa: Usuario, ocasiao: str, a_vencer: list[Vencimento], hoje: date
) -> Mensagem:
    frases = [f"{v.nome}: {v.prazo(hoje)}. {v.remedio}".strip() for v in a_vencer]
    return Mensagem(
        chave=f"vencimentos:{ocasiao}:{pessoa.uuid}",
        tipo="convenentes.vencimentos",
        para=pessoa.email,
        usuario=pessoa,
        contexto={"convenente": str(convenente.uuid), "linhas": frases},
    )
