"""The persons of the legacy registry are called to create a password: waves, reminders, and when to stop.

Each person gets one invitation, with every organisation in it. The pace of a wave is in the due times of its mails;
the outbox delivers what is due (``cagec.correio.entrega``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from cagec.correio.fila import enfileirar_consulta, enfileirar_em_lote
from cagec.correio.models import Devolucao, Mensagem
from contas.convites import chave_da_mensagem, convidar_em_lote
from contas.models import NUNCA_ENTROU, Convite, Usuario
from convenentes.models import ConviteLegado, Municipio, OndaDeConvites, Vinculo
from documentos.models import TipoConvenente

TIPO = "convenentes.migracao"
LEMBRETES = (3, 7, 14)
_NOVIDADE = timedelta(days=30)
# A share says nothing before so many mails.
AMOSTRA = 20
_QUE_ESPERAM = (Mensagem.Estado.NA_FILA, Mensagem.Estado.SUSPENSA)


@dataclass(frozen=True)
class Selecao:
    """Whose organisations are looked at. Empty fields do not filter."""

    municipio: Municipio | None = None
    tipo: TipoConvenente | None = None


def trazida() -> Exists:
    """Whether a person has a link that a load brought, for queries of persons."""
    return Exists(Vinculo.objects.filter(usuario=OuterRef("pk"), legado__isnull=False))


def a_convidar(selecao: Selecao, hoje: date) -> QuerySet[Usuario]:
    """Persons of the legacy registry who act today, have an address, never came and were not invited."""
    vinculos = Vinculo.objects.vigentes(hoje).filter(usuario=OuterRef("pk"))
    if selecao.municipio:
        vinculos = vinculos.filter(convenente__municipio=selecao.municipio)
    if selecao.tipo:
        vinculos = vinculos.filter(convenente__tipo=selecao.tipo)
    convidados = Convite.objects.filter(usuario=OuterRef("pk"), motivo=Convite.Motivo.MIGRACAO)
    pessoas = Usuario.objects.filter(NUNCA_ENTROU, Exists(vinculos), ~Exists(convidados), is_active=True)
    return pessoas.exclude(email="").order_by("pk")


@transaction.atomic
def convidar(
    selecao: Selecao,
    hoje: date,
    *,
    por_hora: int,
    limite: int,
    quantos: int | None = None,
    por: Usuario | None = None,
) -> OndaDeConvites | None:
    """Invite the next ``quantos`` persons of the selection, or all; return the wave, or None when nobody is left.

    Waves of the same moment take turns, so that their mails follow each other at the pace asked for.
    """
    _uma_por_vez()
    novos = convidar_em_lote(a_convidar(selecao, hoje)[:quantos])
    if not novos:
        return None
    onda = OndaDeConvites.objects.create(
        municipio=selecao.municipio,
        tipo=selecao.tipo,
        quantos=len(novos),
        por_hora=por_hora,
        limite=limite,
        por=por,
    )
    with connection.cursor() as cursor:
        cursor.execute(_PERTENCEM, {"onda": onda.pk, "convites": novos})
    inicio, passo = _ritmo(por_hora)
    enfileirar_consulta(_MENSAGENS, {"onda": onda.pk, "tipo": TIPO, "inicio": inicio, "passo": passo})
    return onda


_PERTENCEM = """
    INSERT INTO convenentes_convitelegado (convite_id, onda_id) SELECT unnest(%(convites)s::bigint[]), %(onda)s
"""
# The first mail of each invitation of a wave; its key is that of contas.convites.chave_da_mensagem.
_MENSAGENS = """
    SELECT 'convite:' || c.uuid || ':0' AS chave, %(tipo)s AS tipo, c.email AS para, c.usuario_id AS usuario,
           jsonb_build_object('convite', c.uuid) AS contexto,
           %(inicio)s + (row_number() OVER (ORDER BY c.id) - 1) * %(passo)s AS quando
    FROM contas_convite c
    JOIN convenentes_convitelegado l ON l.convite_id = c.id AND l.onda_id = %(onda)s
"""


def _uma_por_vez() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('convenentes.convites'))")


def _ritmo(por_hora: int) -> tuple[datetime, timedelta]:
    """When the next mail is due, after those that wait already, and how long after each the following one is."""
    na_fila = Mensagem.objects.filter(tipo=TIPO, estado=Mensagem.Estado.NA_FILA)
    ultimo = na_fila.aggregate(ultimo=Max("proxima_tentativa"))["ultimo"]
    agora, passo = timezone.now(), timedelta(hours=1) / por_hora
    return (agora if ultimo is None else max(agora, ultimo + passo)), passo


@transaction.atomic
def lembrar(agora: datetime) -> int:
    """Remind who was mailed 3, 7 and 14 days ago and did not come, once each; return how many. Runs every hour.

    After hours without running only the latest occasion is mailed. An address that sends back hears nothing more.
    """
    lembretes, devolvidas = [], definitivas()
    for dias, seguinte in zip(LEMBRETES, (*LEMBRETES[1:], None), strict=True):
        primeiras = Mensagem.objects.filter(
            tipo=TIPO,
            chave__endswith=":0",
            enviada_em__lte=agora - timedelta(days=dias),
            usuario=OuterRef("usuario"),
        )
        if seguinte is not None:
            primeiras = primeiras.filter(enviada_em__gt=agora - timedelta(days=seguinte))
        ditos = Mensagem.objects.filter(
            tipo=TIPO, chave__endswith=f":lembrete:{dias}", usuario=OuterRef("usuario")
        )
        esperam = Convite.objects.filter(
            Exists(primeiras),
            ~Exists(ditos),
            ~Exists(devolvidas.filter(mensagem__usuario=OuterRef("usuario"))),
            motivo=Convite.Motivo.MIGRACAO,
            usado_em=None,
            usuario__is_active=True,
            legado__onda__suspensa_em=None,
        )
        lembretes += [_lembrete(convite, dias) for convite in esperam.order_by("pk")]
    enfileirar_em_lote(lembretes)
    return len(lembretes)


def _lembrete(convite: Convite, dias: int) -> Mensagem:
    return Mensagem(
        chave=chave_da_mensagem(convite.uuid, f"lembrete:{dias}"),
        tipo=TIPO,
        para=convite.email,
        usuario_id=convite.usuario_id,
        contexto={"convite": str(convite.uuid), "lembrete": dias},
    )


def definitivas() -> QuerySet[Devolucao]:
    """What came back for good of the mails to persons of the legacy registry, from the address they have today."""
    de_hoje = Q(mensagem__para__iexact=F("mensagem__usuario__email"))
    return Devolucao.objects.filter(de_hoje, definitiva=True, mensagem__tipo=TIPO)


def vigiar(ondas: Iterable[OndaDeConvites] | None = None) -> list[OndaDeConvites]:
    """Suspend the waves of which too many mails were refused or came back; return them. Runs every minute."""
    abertas = OndaDeConvites.objects.filter(suspensa_em=None) if ondas is None else ondas
    return [onda for onda in abertas if _passou_do_limite(onda) and _suspender(onda)]


def _passou_do_limite(onda: OndaDeConvites) -> bool:
    voltou = Q(estado=Mensagem.Estado.FALHOU) | Q(devolucoes__definitiva=True)
    contadas = _da_onda(onda).aggregate(
        tentadas=Count("pk", distinct=True, filter=~Q(estado__in=_QUE_ESPERAM)),
        voltaram=Count("pk", distinct=True, filter=voltou),
    )
    tentadas, voltaram = contadas["tentadas"], contadas["voltaram"]
    return bool(tentadas >= AMOSTRA and voltaram * 100 > onda.limite * tentadas)


def _da_onda(onda: OndaDeConvites) -> QuerySet[Mensagem]:
    """The mails of a wave: each invitation and its reminders."""
    convites = ConviteLegado.objects.filter(onda=onda).values("convite__usuario")
    return Mensagem.objects.filter(tipo=TIPO, usuario__in=convites)


@transaction.atomic
def _suspender(onda: OndaDeConvites) -> bool:
    onda = OndaDeConvites.objects.select_for_update().get(pk=onda.pk)
    if onda.suspensa_em is not None:
        return False
    onda.suspensa_em = timezone.now()
    onda.save(update_fields=["suspensa_em"])
    _parar(_da_onda(onda))
    return True


def _parar(mensagens: QuerySet[Mensagem]) -> None:
    """Hold what still waits. A mail that is leaving right now is let go."""
    esperam = mensagens.filter(estado=Mensagem.Estado.NA_FILA).select_for_update(
        skip_locked=True, of=("self",)
    )
    Mensagem.objects.filter(pk__in=list(esperam.values_list("pk", flat=True))).update(
        estado=Mensagem.Estado.SUSPENSA
    )


@transaction.atomic
def retomar(onda: OndaDeConvites, *, por_hora: int, limite: int) -> int:
    """Let a suspended wave go on, at another pace and with another limit; return how many mails wait again."""
    _uma_por_vez()
    onda = OndaDeConvites.objects.select_for_update().get(pk=onda.pk)
    onda.suspensa_em, onda.por_hora, onda.limite = None, por_hora, limite
    onda.save(update_fields=["suspensa_em", "por_hora", "limite"])
    abertos = Convite.objects.filter(motivo=Convite.Motivo.MIGRACAO, usado_em=None)
    paradas = _da_onda(onda).filter(estado=Mensagem.Estado.SUSPENSA, usuario__in=abertos.values("usuario"))
    mensagens = list(paradas.select_for_update(of=("self",)).order_by("pk"))
    inicio, passo = _ritmo(por_hora)
    for n, mensagem in enumerate(mensagens):
        mensagem.estado, mensagem.proxima_tentativa = Mensagem.Estado.NA_FILA, inicio + n * passo
    Mensagem.objects.bulk_update(mensagens, ["estado", "proxima_tentativa"], batch_size=1_000)
    return len(mensagens)


def veio_ha_pouco(usuario: Usuario) -> bool:
    """Tell whether the person comes from the legacy registry, by whichever way, and first came less than a month ago.

    Everybody accepts the term at the first sign-in.
    """
    desde = timezone.now() - _NOVIDADE
    do_legado = Q(convites__motivo=Convite.Motivo.MIGRACAO) | Q(trazida())
    return (
        Usuario.objects.filter(do_legado, pk=usuario.pk, aceites__em__gte=desde)
        .exclude(aceites__em__lt=desde)
        .exists()
    )


def ao_ativar(usuario: Usuario, convite: Convite) -> None:
    """Who came, whichever way, is reminded of nothing."""
    if convite.motivo == Convite.Motivo.MIGRACAO:
        _parar(Mensagem.objects.filter(tipo=TIPO, usuario=usuario))


def ao_devolver(devolucao: Devolucao) -> None:
    """A mail came back: maybe its wave must stop."""
    if devolucao.mensagem.tipo == TIPO:
        convites = ConviteLegado.objects.filter(convite__usuario=devolucao.mensagem.usuario)
        vigiar(OndaDeConvites.objects.filter(suspensa_em=None, convites__in=convites))
