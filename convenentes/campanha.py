"""The campaign after elections: who has changed the representante legal, who has not, and mail in waves.

A wave reaches each record once for each occasion; the outbox delivers it at its own rate (``cagec.correio.entrega``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar_em_lote
from cagec.correio.models import Mensagem
from contas.models import Usuario
from convenentes.acesso import GERENTES
from convenentes.alteracao import ENVIADAS, ultimos_mandatos
from convenentes.models import (
    AvisoEmitido,
    Convenente,
    MotivoDaAlteracao,
    OndaDeCampanha,
    PapelVinculo,
    Solicitacao,
    Vinculo,
)
from convenentes.texto import normalizar
from documentos.models import TipoConvenente

CODIGO = "campanha"
MAXIMO_DA_ONDA = 500
_PRIMEIRO_SEMESTRE = 6
_ONDAS = 50


class Andamento(models.TextChoices):
    ALTERADO = "alterado", "Já mudou"
    PEDIDO = "pedido", "Com pedido em andamento"
    ENCERRADO = "encerrado", "Sem representante"
    PENDENTE = "pendente", "Ainda não mudou"


A_AVISAR = (Andamento.ENCERRADO, Andamento.PENDENTE)


@dataclass(frozen=True)
class Campanha:
    """The day on which the new mandates begin, and the records that are looked at. Empty fields do not filter."""

    posse: date
    tipo: str = ""
    municipio: str = ""
    andamento: str = ""


def posse_seguinte(hoje: date) -> date:
    """The 1st of January that a campaign speaks of: this year's in the first half, else next year's."""
    return date(hoje.year if hoje.month <= _PRIMEIRO_SEMESTRE else hoje.year + 1, 1, 1)


def registros(campanha: Campanha, hoje: date) -> QuerySet[Any]:
    """Active records in alphabetical order, each with its ``andamento`` and whether it is ``alcancavel``."""
    representantes = Vinculo.objects.filter(convenente=OuterRef("pk"), papel=PapelVinculo.REPRESENTANTE)
    novos = representantes.filter(periodo__startswith__gte=campanha.posse, retoma=None).exclude(
        origem__proposta__representante__motivo__in=MotivoDaAlteracao.temporarios()
    )
    pedidos = Solicitacao.objects.filter(
        convenente=OuterRef("pk"), tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL, estado__in=ENVIADAS
    )
    andamento = Case(
        When(Exists(novos), then=Value(Andamento.ALTERADO)),
        When(Exists(pedidos), then=Value(Andamento.PEDIDO)),
        When(~Exists(representantes.filter(periodo__contains=hoje)), then=Value(Andamento.ENCERRADO)),
        default=Value(Andamento.PENDENTE),
    )
    ativos = Convenente.objects.filter(estado=Convenente.Estado.ATIVO).annotate(
        andamento=andamento, alcancavel=Exists(_ligados(hoje).filter(convenente=OuterRef("pk")))
    )
    if campanha.tipo:
        ativos = ativos.filter(tipo__slug=campanha.tipo)
    if campanha.municipio:
        ativos = ativos.filter(municipio__nome_busca__contains=normalizar(campanha.municipio))
    if campanha.andamento:
        ativos = ativos.filter(andamento=campanha.andamento)
    return ativos.select_related("municipio", "tipo").order_by("nome_busca", "id")


def _ligados(hoje: date) -> QuerySet[Vinculo]:
    """Links of whom a record is reached by: who manages it today, and who last represented it."""
    geram = Q(periodo__contains=hoje, papel__in=GERENTES)
    ultimos = Q(pk__in=ultimos_mandatos(hoje).values("pk"))
    return Vinculo.objects.filter(geram | ultimos, usuario__is_active=True)


def contar(campanha: Campanha, hoje: date) -> dict[str, int]:
    """How many records there are in each state, of the type and município looked at."""
    de_todos = registros(Campanha(campanha.posse, campanha.tipo, campanha.municipio), hoje).order_by()
    contados = dict(de_todos.values_list("andamento").annotate(quantos=Count("pk")))
    return {andamento: contados.get(andamento, 0) for andamento in Andamento.values}


def representantes(convenentes: list[Convenente], hoje: date) -> dict[int, Vinculo]:
    """Who represents each of these records on ``hoje``, or was the last to do it."""
    ultimos = ultimos_mandatos(hoje).filter(convenente__in=convenentes).select_related("usuario")
    return {vinculo.convenente_id: vinculo for vinculo in ultimos}


def vezes(convenentes: list[Convenente], posse: date) -> dict[int, int]:
    """How many occasions each of these records was mailed in."""
    avisos = AvisoEmitido.objects.filter(convenente__in=convenentes, codigo=CODIGO, vence_em=posse)
    return dict(avisos.values_list("convenente").annotate(quantos=Count("pk")))


@transaction.atomic
def enviar_onda(
    campanha: Campanha, vez: int, quantos: int, hoje: date, *, por: Usuario, chave_envio: UUID
) -> OndaDeCampanha:
    """Mail the next ``quantos`` records that have not changed. ``vez`` numbers the occasion.

    A record is mailed once for each occasion, to everybody it is reached by. The same ``chave_envio`` is one wave.
    """
    onda, nova = OndaDeCampanha.objects.get_or_create(
        chave_envio=chave_do_conteudo(chave_envio, campanha, vez, quantos),
        defaults={
            "posse": campanha.posse,
            "vez": vez,
            "selecao": _selecao(campanha),
            "quantos": 0,
            "por": por,
        },
    )
    if nova:
        onda.quantos = _avisar(campanha, vez, quantos, hoje)
        onda.save(update_fields=["quantos"])
    return onda


def _selecao(campanha: Campanha) -> str:
    tipo = TipoConvenente.objects.filter(slug=campanha.tipo).values_list("nome", flat=True).first()
    andamento = Andamento(campanha.andamento).label if campanha.andamento else ""
    return ", ".join(filter(None, (tipo, campanha.municipio, andamento))) or "Todas as organizações"


def _avisar(campanha: Campanha, vez: int, quantos: int, hoje: date) -> int:
    avisados = AvisoEmitido.objects.filter(
        convenente=OuterRef("pk"), codigo=CODIGO, vence_em=campanha.posse, limiar=vez
    )
    alvo = registros(campanha, hoje).filter(~Exists(avisados), andamento__in=A_AVISAR, alcancavel=True)
    escolhidos = list(alvo[: min(quantos, MAXIMO_DA_ONDA)])
    AvisoEmitido.objects.bulk_create(
        [AvisoEmitido(convenente=c, codigo=CODIGO, vence_em=campanha.posse, limiar=vez) for c in escolhidos],
        ignore_conflicts=True,
    )
    pares: dict[tuple[int, int], tuple[Convenente, Usuario]] = {}
    por_pk = {c.pk: c for c in escolhidos}
    for vinculo in _ligados(hoje).filter(convenente__in=escolhidos).select_related("usuario"):
        pares[vinculo.convenente_id, vinculo.usuario_id] = (por_pk[vinculo.convenente_id], vinculo.usuario)
    enfileirar_em_lote(
        Mensagem(
            chave=f"campanha:{campanha.posse:%Y%m%d}:{vez}:{convenente.uuid}:{pessoa.uuid}",
            tipo="convenentes.campanha",
            para=pessoa.email,
            usuario=pessoa,
            contexto={"convenente": str(convenente.uuid)},
        )
        for convenente, pessoa in pares.values()
    )
    return len(escolhidos)


def ondas(posse: date) -> QuerySet[OndaDeCampanha]:
    """The last waves of a campaign, newest first."""
    return OndaDeCampanha.objects.filter(posse=posse).select_related("por")[:_ONDAS]


def sem_contato(campanha: Campanha, hoje: date) -> Iterator[Any]:
    """Records that have not changed and have nobody to be reached by."""
    return registros(campanha, hoje).filter(andamento__in=A_AVISAR, alcancavel=False).iterator(chunk_size=500)
