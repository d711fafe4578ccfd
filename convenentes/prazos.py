"""Deadlines: reminders of a pending signature and of an unanswered pendência, and its expiry.

Each threshold is a window, not a day: a missed run loses nothing, and a repeated one mails nothing twice, since
the mail's key names the request, the occasion and the threshold.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar
from convenentes import eventos
from convenentes.alteracao import avisar_do_fim
from convenentes.analise import liberar_cnpj
from convenentes.assinaturas import quem_acompanha, quem_assina
from convenentes.models import PapelVinculo, Solicitacao
from convenentes.participantes import avisar_representante

DIAS_DE_ASSINATURA = (3, 7, 14)
DIAS_DE_PENDENCIA = (10, 20, 27)
DIAS_ATE_EXPIRAR = 30


def lembrar(hoje: date) -> None:
    """Send what is due on ``hoje`` (São Paulo) and let unanswered pendências expire. Runs every hour."""
    esperando = Solicitacao.objects.abertas()
    for pk in (
        esperando.exclude(encaminhada_em=None)
        .exclude(estado=Solicitacao.Estado.EM_ANALISE)
        .values_list("pk", flat=True)
    ):
        lembrar_assinatura(pk, hoje)
    for pk in esperando.filter(estado=Solicitacao.Estado.COM_PENDENCIA).values_list("pk", flat=True):
        cobrar_pendencia(pk, hoje)


@transaction.atomic
def lembrar_assinatura(pk: int, hoje: date) -> None:
    """Remind the representante legal at 3, 7 and 14 days; who has no account gets a new set-up link."""
    solicitacao = Solicitacao.objects.select_for_update(of=("self",)).get(pk=pk)
    if solicitacao.encaminhada_em is None or not solicitacao.editavel:
        return
    encaminhada = timezone.localdate(solicitacao.encaminhada_em)
    limiar = _limiar(DIAS_DE_ASSINATURA, (hoje - encaminhada).days)
    if limiar is None:
        return
    representante = solicitacao.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first()
    vez = f"{encaminhada:%Y%m%d}:{limiar}"
    if representante is not None and representante.usuario_id is None:
        avisar_representante(representante, vez)
        return
    for usuario in quem_assina(solicitacao):
        enfileirar(
            f"assinatura:{solicitacao.uuid}:{vez}:{usuario.uuid}",
            "convenentes.assinatura_pendente",
            usuario.email,
            {"solicitacao": str(solicitacao.uuid)},
            usuario=usuario,
        )


@transaction.atomic
def cobrar_pendencia(pk: int, hoje: date) -> None:
    """Remind at 10, 20 and 27 days without an answer; expire at 30 (docs/dominio.md, Flows)."""
    solicitacao = Solicitacao.objects.select_for_update(of=("self",)).get(pk=pk)
    if solicitacao.estado != Solicitacao.Estado.COM_PENDENCIA or solicitacao.pendencia_desde is None:
        return
    desde = timezone.localdate(solicitacao.pendencia_desde)
    dias = (hoje - desde).days
    if dias >= DIAS_ATE_EXPIRAR:
        _expirar(solicitacao)
        return
    limiar = _limiar(DIAS_DE_PENDENCIA, dias)
    if limiar is not None:
        _avisar(solicitacao, f"pendencia:{desde:%Y%m%d}:{limiar}", "convenentes.pendencia_lembrete")


def _expirar(solicitacao: Solicitacao) -> None:
    de, solicitacao.estado = solicitacao.estado, Solicitacao.Estado.EXPIRADA
    solicitacao.decidida_em = timezone.now()
    solicitacao.save(update_fields=["estado", "decidida_em"])
    liberar_cnpj(solicitacao)
    avisar_do_fim(solicitacao)
    eventos.registrar(solicitacao, "expirada", None, de=de, para=solicitacao.estado)
    _avisar(solicitacao, "expirada", "convenentes.expirada")


def _avisar(solicitacao: Solicitacao, ocasiao: str, tipo: str) -> None:
    for pessoa in quem_acompanha(solicitacao):
        enfileirar(
            f"{ocasiao}:{solicitacao.uuid}:{pessoa.uuid}",
            tipo,
            pessoa.email,
            {"solicitacao": str(solicitacao.uuid)},
            usuario=pessoa,
        )


def _limiar(limiares: tuple[int, ...], dias: int) -> int | None:
    """The highest threshold reached: after a missed run, one mail is enough."""
    alcancados = [limiar for limiar in limiares if limiar <= dias]
    return alcancados[-1] if alcancados else None
